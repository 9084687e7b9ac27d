package io.syllabus.publish;

/**
 * What a person says of an image.
 *
 * @param line of the file that says so
 * @param id of the published label
 * @param className that the person named
 * @param audited whether the image was drawn at random
 */
public record Annotation(long line, String id, String className, boolean audited) {}
