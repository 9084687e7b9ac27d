package io.syllabus.cycle;

/**
 * A trained network, by name.
 *
 * @param path where the store has it
 * @param checksum of its parameters
 */
public record Model(String path, String checksum) {}
