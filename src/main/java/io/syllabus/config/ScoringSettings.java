package io.syllabus.config;

/** How the pool is scored: the keys under {@code scoring}. */
public record ScoringSettings(int batchSize, boolean calibrate) {}
