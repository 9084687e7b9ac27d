package io.syllabus.spark.train;

import static io.syllabus.Checks.require;

import java.io.Serializable;

/**
 * The minibatches that each worker trains between two averagings.
 *
 * @param cycle of the run
 * @param epoch of the cycle, from 0
 * @param first minibatch of the epoch, from 0
 * @param end the first minibatch that is no longer part of the round
 */
record Round(int cycle, int epoch, int first, int end) implements Serializable {
  Round {
    require(first >= 0 && first < end, "a round needs minibatches, found: %s to %s", first, end);
  }

  int minibatches() {
    return end - first;
  }
}
