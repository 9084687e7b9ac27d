package io.syllabus.cycle;

/**
 * What a temperature did for a network's probabilities, measured on the validation images.
 *
 * @param temperature by which logits are divided, positive
 * @param errorBefore expected calibration error without it, in [0, 1]
 * @param errorAfter with it
 */
public record Calibration(double temperature, double errorBefore, double errorAfter) {}
