package io.syllabus.cycle;

import io.syllabus.select.Curriculum;
import io.syllabus.select.SelectionRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Curriculum Labeling (Cascante-Bonilla, Tan, Qi, Ordonez: "Curriculum Labeling: Revisiting
 * Pseudo-Labeling for Semi-Supervised Learning", AAAI 2021, algorithm 1).
 */
public final class CurriculumLabeling {
  private final Curriculum curriculum;
  private final SelectionRule rule;
  private final boolean restarts;
  private final Stages stages;

  /**
   * @param curriculum how many cycles there are
   * @param rule what each takes out of the pool
   * @param restarts whether each begins with fresh weights, or goes on with those before
   */
  public CurriculumLabeling(
      Curriculum curriculum, SelectionRule rule, boolean restarts, Stages stages) {
    this.curriculum = curriculum;
    this.rule = rule;
    this.restarts = restarts;
    this.stages = stages;
  }

  /**
   * Runs all cycles, from true labels alone to the whole pool, or those that are left of them.
   *
   * @param earlier the cycles that are done, in order; none where the run begins
   * @param finished told of each other cycle when it is done
   * @return all cycles in order, the first is cycle 0
   */
  public List<CycleResult> run(List<CycleResult> earlier, Consumer<CycleResult> finished) {
    List<CycleResult> results = new ArrayList<>(earlier);
    for (int cycle = earlier.size(); cycle <= curriculum.lastCycle(); cycle++) {
      CycleResult result = cycle(cycle, results);
      results.add(result);
      finished.accept(result);
    }
    return List.copyOf(results);
  }

  /** The run's answer: the cycle with the highest validation accuracy; of equals, the latest. */
  public static CycleResult best(List<CycleResult> results) {
    CycleResult best = results.get(0);
    for (CycleResult result : results) {
      if (result.training().validationAccuracy() >= best.training().validationAccuracy()) {
        best = result;
      }
    }
    return best;
  }

  private CycleResult cycle(int cycle, List<CycleResult> earlier) {
    Optional<Selection> selection =
        cycle == 0 ? Optional.empty() : Optional.of(select(cycle, earlier.get(cycle - 1)));
    // The paper restarts: a warm start keeps the earlier cycle's wrong labels (section 3.3).
    Optional<Model> start =
        restarts || cycle == 0
            ? Optional.empty()
            : Optional.of(earlier.get(cycle - 1).training().model());
    Training training = stages.train(cycle, selection, start);
    return new CycleResult(cycle, selection, training, stages.testAccuracy(training.model()));
  }

  private Selection select(int cycle, CycleResult before) {
    return stages.scoreAndSelect(cycle, before.training().model(), rule);
  }
}
