package io.syllabus.spark.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.spark.session.WaitingTime.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WaitingTimeTest {
  private static final Activity NO_EXECUTOR = new Activity(0, 0, 8, List.of(), false);
  private static final Activity COMPUTES = new Activity(2, 1, 7, List.of(), false);

  private final WaitingTime wait = new WaitingTime(Duration.ofMinutes(10));

  @Test
  void hasAWordAfterAMinuteThenWheneverItIsTwiceAsLongAndThenTheEnd() {
    Map<Integer, Step> steps = new TreeMap<>();
    for (int second = 0; second <= 600; second++) {
      Step step = next(NO_EXECUTOR, second);
      if (step != Step.NOTHING) {
        steps.put(second, step);
      }
    }

    assertThat(steps)
        .isEqualTo(
            Map.of(60, Step.SAY, 120, Step.SAY, 240, Step.SAY, 480, Step.SAY, 600, Step.END));
    assertThat(wait.waited(Duration.ofMinutes(10))).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void hasAWordBeforeLittlePatienceIsOver() {
    WaitingTime impatient = new WaitingTime(Duration.ofSeconds(8));

    assertThat(impatient.next(Activity.NONE, Duration.ofSeconds(100))).isEqualTo(Step.NOTHING);
    assertThat(impatient.next(Activity.NONE, Duration.ofSeconds(102))).isEqualTo(Step.SAY);
    assertThat(impatient.next(Activity.NONE, Duration.ofSeconds(104))).isEqualTo(Step.SAY);
    assertThat(impatient.next(Activity.NONE, Duration.ofSeconds(108))).isEqualTo(Step.END);
  }

  @Test
  void aTaskThatComputesForHoursIsNoWait() {
    assertThat(stepsOf(COMPUTES)).containsOnly(Step.NOTHING);
  }

  @Test
  void aDriverThatWorksAloneIsNoWaitWhereExecutorsLive() {
    assertThat(stepsOf(new Activity(2, 0, 0, List.of(), false))).containsOnly(Step.NOTHING);
  }

  @Test
  void tasksThatNoExecutorTakesAreAWait() {
    assertThat(stepsOf(new Activity(2, 0, 8, List.of(1, 0, 0), false))).endsWith(Step.END);
  }

  @Test
  void tasksTooShortToBeSeenRunningAreNoWait() {
    for (int second = 0; second < 3600; second++) {
      Activity seen = new Activity(2, 0, 8, List.of(1, second, 0), false);
      assertThat(next(seen, second)).isEqualTo(Step.NOTHING);
    }
  }

  @Test
  void anExecutorThatComesEndsTheWait() {
    next(NO_EXECUTOR, 0);
    next(NO_EXECUTOR, 599);
    next(COMPUTES, 600);

    assertThat(next(NO_EXECUTOR, 601)).isEqualTo(Step.NOTHING);
    assertThat(wait.waited(Duration.ofSeconds(611))).isEqualTo(Duration.ofSeconds(10));
    assertThat(next(NO_EXECUTOR, 661)).isEqualTo(Step.SAY);
  }

  @Test
  void aTaskThatEndsBeginsTheWaitAnew() {
    next(NO_EXECUTOR, 0);
    next(NO_EXECUTOR, 599);

    assertThat(next(new Activity(0, 0, 8, List.of(1, 1, 0), false), 600)).isEqualTo(Step.NOTHING);
    assertThat(next(new Activity(0, 0, 8, List.of(1, 1, 0), false), 601)).isEqualTo(Step.NOTHING);
    assertThat(next(new Activity(0, 0, 8, List.of(1, 1, 0), false), 661)).isEqualTo(Step.SAY);
  }

  // A machine that was asleep finds its executors lost when it is woken.
  @Test
  void timeInWhichNobodyLookedIsNoWait() {
    next(COMPUTES, 0);

    assertThat(next(NO_EXECUTOR, 36_000)).isEqualTo(Step.NOTHING);
  }

  @Test
  void executorsThatAreGivenBackAreMissedOnceTasksWait() {
    Activity idle = new Activity(0, 0, 0, List.of(), true);

    assertThat(stepsOf(idle)).as("none has ever come").endsWith(Step.END);
    next(COMPUTES, 4000);
    assertThat(next(idle, 5000)).isEqualTo(Step.NOTHING);
    assertThat(next(idle, 9000)).isEqualTo(Step.NOTHING);
    next(new Activity(0, 0, 1, List.of(), true), 9001);
    assertThat(next(new Activity(0, 0, 1, List.of(), true), 9601)).isEqualTo(Step.END);
  }

  private List<Step> stepsOf(Activity unchanged) {
    List<Step> steps = new ArrayList<>();
    for (int second = 0; second <= 3600; second++) {
      steps.add(next(unchanged, second));
    }
    return steps;
  }

  private Step next(Activity seen, int second) {
    return wait.next(seen, Duration.ofSeconds(second));
  }
}
