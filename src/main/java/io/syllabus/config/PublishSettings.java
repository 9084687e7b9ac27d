package io.syllabus.config;

/**
 * When a run's labels are published: the keys under {@code publish}.
 *
 * @param enabled whether runs publish at all
 * @param maxAccuracyDrop how much lower validation accuracy may be than the published model's
 * @param maxShareRatio how many times larger or smaller a class may be than among true labels; 0
 *     for any number
 * @param maxChanged share of the published labels that may change
 * @param minPrecision the least expected precision
 * @param maxUnreadable share of the images that may be unreadable
 */
public record PublishSettings(
    boolean enabled,
    double maxAccuracyDrop,
    double maxShareRatio,
    double maxChanged,
    double minPrecision,
    double maxUnreadable) {}
