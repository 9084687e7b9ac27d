package io.syllabus.plan;

import static io.syllabus.Checks.require;

/**
 * How what workers end a round with comes to the driver: of few workers one by one, of many as sums
 * of groups of neighbours.
 *
 * @param count of groups; the driver receives so many sums
 * @param size of a group, but for the last one
 */
public record AveragingGroups(int count, int size) {
  // Parameters and momentum of resnet-50, 16 times, are 3.3 GB.
  private static final int ONE_BY_ONE = 16;

  /** Those of a number of workers. */
  public static AveragingGroups of(int workers) {
    return of(workers, ONE_BY_ONE);
  }

  /**
   * Those of a number of workers.
   *
   * @param oneByOne up to how many workers are groups of their own
   */
  public static AveragingGroups of(int workers, int oneByOne) {
    require(workers > 0, "workers must be positive, found: %s", workers);
    if (workers <= oneByOne) {
      return new AveragingGroups(workers, 1);
    }
    int size = (int) Math.ceil(Math.sqrt(workers));
    return new AveragingGroups((workers + size - 1) / size, size);
  }
}
