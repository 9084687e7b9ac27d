package io.syllabus.benchmark;

/**
 * One comparison.
 *
 * @param name on the command line
 * @param description one line, for {@code --list}
 */
record Row(String name, String description, Unit unit, Side ours, Side peer) {}
