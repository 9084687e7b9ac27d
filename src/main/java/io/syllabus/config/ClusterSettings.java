package io.syllabus.config;

import java.time.Duration;

/**
 * How a job gets on with its cluster: the keys under {@code cluster}.
 *
 * @param patience how long it waits while nothing moves, in whole seconds
 */
public record ClusterSettings(Duration patience) {}
