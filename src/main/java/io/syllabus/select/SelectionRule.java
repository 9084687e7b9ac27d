package io.syllabus.select;

import static io.syllabus.Checks.require;

import io.syllabus.config.CurriculumSettings;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Which images of the scored pool a cycle takes. Exact, whatever the pool's size. */
public interface SelectionRule {

  /**
   * The thresholds of one cycle.
   *
   * @param cycle 1 or later
   */
  Thresholds thresholds(int cycle, ScoredConfidences pool);

  /** The percentile that a cycle's threshold is; empty where it is none. */
  default OptionalInt percentile(int cycle) {
    return OptionalInt.empty();
  }

  /** The rule that settings name. */
  static SelectionRule of(CurriculumSettings settings) {
    Curriculum curriculum = Curriculum.of(settings);
    return switch (settings.rule()) {
      case PERCENTILE -> new Percentile(curriculum);
      case PERCENTILE_PER_CLASS -> new PercentilePerClass(curriculum);
      case FIXED_THRESHOLD -> new FixedThreshold(settings.threshold());
      case TOP_K_PER_CLASS -> new TopPerClass(settings.topK());
      case ALL -> new FixedThreshold(0);
    };
  }

  /** The published rule: a percentile of the whole pool's confidences. */
  record Percentile(Curriculum curriculum) implements SelectionRule {
    @Override
    public Thresholds thresholds(int cycle, ScoredConfidences pool) {
      int percent = curriculum.percentile(cycle);
      return pool.uniform(new ExactPercentile(pool.together()).of(percent));
    }

    @Override
    public OptionalInt percentile(int cycle) {
      return OptionalInt.of(curriculum.percentile(cycle));
    }
  }

  /** The same percentile of each class' own confidences: none is left out for being hard. */
  record PercentilePerClass(Curriculum curriculum) implements SelectionRule {
    @Override
    public Thresholds thresholds(int cycle, ScoredConfidences pool) {
      int percent = curriculum.percentile(cycle);
      return ofClasses(new ExactPercentile(pool.byLabel()).ofEach(percent));
    }

    @Override
    public OptionalInt percentile(int cycle) {
      return OptionalInt.of(curriculum.percentile(cycle));
    }
  }

  /**
   * A confidence that no cycle changes.
   *
   * @param threshold in [0, 1]; 0 takes the whole pool
   */
  record FixedThreshold(double threshold) implements SelectionRule {
    public FixedThreshold {
      require(
          threshold >= 0 && threshold <= 1, "threshold must be in [0, 1], found: %s", threshold);
    }

    @Override
    public Thresholds thresholds(int cycle, ScoredConfidences pool) {
      return pool.uniform(threshold);
    }
  }

  /**
   * The most confident images of each class, as many more in each cycle; what ties with the last
   * one is taken too.
   *
   * @param more images a class and cycle, positive
   */
  record TopPerClass(int more) implements SelectionRule {
    public TopPerClass {
      require(more > 0, "more must be positive, found: %s", more);
    }

    @Override
    public Thresholds thresholds(int cycle, ScoredConfidences pool) {
      return ofClasses(new OrderStatistics(pool.byLabel()).largest((long) more * cycle));
    }
  }

  // A class that the network finds in no image has no threshold to reach.
  private static Thresholds ofClasses(List<OptionalDouble> thresholds) {
    return Thresholds.of(thresholds.stream().map(each -> each.orElse(0)).toList());
  }
}
