package io.syllabus.spark.session;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long a session has waited: the time while no executor lives, or while tasks wait and none
 * runs. A task that computes is none of it, however long it takes. Not safe for use by threads.
 */
final class WaitingTime {
  private static final Duration FIRST_WORD = Duration.ofSeconds(60);

  private final Duration patience;
  private Optional<Duration> began = Optional.empty();
  private List<Integer> done = List.of();
  private boolean hadExecutors;
  private Duration nextWord;

  /** What is to be done about it. */
  enum Step {
    NOTHING,
    SAY,
    END
  }

  /**
   * @param patience after which it is to end
   */
  WaitingTime(Duration patience) {
    this.patience = patience;
    this.nextWord = firstWord();
  }

  // A job with little patience has its word, too.
  private Duration firstWord() {
    Duration quarter = patience.dividedBy(4);
    return quarter.compareTo(FIRST_WORD) < 0 ? quarter : FIRST_WORD;
  }

  /**
   * Takes in what is seen at a time, and says what is to be done: a word after a minute and each
   * time that the wait is twice as long, and the end where patience is over.
   *
   * @param now since any moment, the same for all calls
   */
  Step next(Activity seen, Duration now) {
    boolean moves = !seen.done().equals(done);
    boolean waits = seen.executors() == 0 ? needsExecutors(seen) : isStuck(seen);
    done = seen.done();
    hadExecutors |= seen.executors() > 0;
    if (moves || !waits) {
      began = Optional.empty();
      nextWord = firstWord();
      return Step.NOTHING;
    }
    if (began.isEmpty()) {
      began = Optional.of(now);
    }
    Duration waited = waited(now);
    if (waited.compareTo(patience) >= 0) {
      return Step.END;
    }
    if (waited.compareTo(nextWord) < 0) {
      return Step.NOTHING;
    }
    nextWord = nextWord.multipliedBy(2);
    return Step.SAY;
  }

  // Spark gives them back where there is nothing to do, if it may.
  private boolean needsExecutors(Activity seen) {
    return !seen.comesAndGoes() || seen.waiting() > 0 || !hadExecutors;
  }

  private static boolean isStuck(Activity seen) {
    return seen.waiting() > 0 && seen.running() == 0;
  }

  /** How long it has been. */
  Duration waited(Duration now) {
    return began.map(now::minus).orElse(Duration.ZERO);
  }
}
