package io.syllabus.cycle;

/**
 * What training a cycle came to.
 *
 * @param model the best network by validation accuracy over the epochs; of equals, the latest
 * @param examples how many images it trained on
 * @param validationAccuracy the best network's, in [0, 1]
 * @param seconds wall time, validation included
 * @param imagesPerSecond trained on by all workers together, validation not counted
 */
public record Training(
    Model model,
    long examples,
    double validationAccuracy,
    double seconds,
    double imagesPerSecond) {}
