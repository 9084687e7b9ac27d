package io.syllabus.data;

import java.io.Serializable;

/**
 * An image that was not taken.
 *
 * @param location where a person finds it
 * @param reason why, in a few words
 * @param wrongSize whether it is readable and only has a size that no resize rule mends
 */
public record Rejected(SourceRole role, String location, String reason, boolean wrongSize)
    implements Serializable {}
