package io.syllabus.data;

import java.io.Serializable;

/**
 * Size and age of an image as its source lists it. A file whose two are the same is taken for
 * unchanged.
 *
 * @param bytes as stored
 * @param modifiedMillis when it was last written, in milliseconds since 1970
 */
public record FileVersion(long bytes, long modifiedMillis) implements Serializable {}
