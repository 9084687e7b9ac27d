package io.syllabus.plan;

import static io.syllabus.Checks.require;

/**
 * How what workers end a round with is added up: by the driver, or, where that is much, in slices.
 * Then each worker adds up one slice of everybody's, and the driver receives the sums alone, so
 * that no machine receives more than one worker's share twice. Both ways add in the same order.
 *
 * @param count of slices; 1 where the driver adds up
 */
public record AveragingSlices(int count) {
  // A stage more costs Spark some 20 ms, in which 10 GBit/s carry 25 MB.
  public static final long DRIVERS_BYTES = 64L << 20;

  /**
   * Those of a number of workers.
   *
   * @param bytes that a worker ends a round with
   */
  public static AveragingSlices of(int workers, long bytes) {
    return of(workers, bytes, DRIVERS_BYTES);
  }

  /**
   * Those of a number of workers.
   *
   * @param bytes that a worker ends a round with
   * @param driversBytes what the driver takes in at most, if all sent it what they have
   */
  public static AveragingSlices of(int workers, long bytes, long driversBytes) {
    require(workers > 0, "workers must be positive, found: %s", workers);
    // Two send the driver as much of slices.
    return new AveragingSlices(workers > 2 && workers * bytes > driversBytes ? workers : 1);
  }

  /**
   * What the driver receives in a round.
   *
   * @param workers that end it
   * @param bytes that each ends it with
   */
  public long driverBytes(int workers, long bytes) {
    return count == 1 ? workers * bytes : bytes;
  }
}
