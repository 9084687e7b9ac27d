package io.syllabus.spark.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;

import io.syllabus.config.CurriculumSettings.Confidence;
import io.syllabus.cycle.Calibration;
import io.syllabus.cycle.Selection;
import io.syllabus.select.ScoredConfidences;
import io.syllabus.select.SelectionRule;
import io.syllabus.select.Thresholds;
import io.syllabus.spark.shard.ShardExamples;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Scores of a pool whose confidence is what settings say.
 *
 * @param scores has columns label, of integers, and confidence, margin and entropy, of floats
 * @param classes how many labels there are
 */
public record MeasuredScores(Dataset<Row> scores, Confidence confidence, int classes)
    implements ScoredConfidences {

  @Override
  public ConfidenceColumn together() {
    return ConfidenceColumn.of(scores.select(measured().as("confidence")));
  }

  @Override
  public ConfidenceColumn byLabel() {
    return ConfidenceColumn.byLabel(
        scores.select(measured().as("confidence"), col("label")), classes);
  }

  private Column measured() {
    return switch (confidence) {
      case PROBABILITY -> col("confidence");
      case MARGIN -> col("margin");
      // Rounding may take the entropy a little above the largest there is.
      case ENTROPY ->
          greatest(lit(0.0), lit(1.0).minus(col("entropy").divide(Math.log(classes))))
              .cast(DataTypes.FloatType);
    };
  }

  // Compared as double, as thresholds are: ties are selected.
  Column reaches(Thresholds thresholds) {
    return measured().geq(threshold(thresholds));
  }

  /**
   * What was selected.
   *
   * @param known how many of the selected have a known truth
   * @param right how many of them meet it
   * @param foreign how many of them have one that is no label
   */
  public record Tally(long selected, long known, long right, long foreign) {
    OptionalDouble accuracy() {
      return known == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) right / known);
    }

    /** What a rule selected with its thresholds, in so many seconds. */
    public Selection selection(
        int cycle,
        SelectionRule rule,
        Thresholds thresholds,
        Optional<Calibration> calibration,
        double seconds) {
      return new Selection(
          cycle,
          rule.percentile(cycle),
          thresholds,
          selected,
          foreign,
          accuracy(),
          calibration,
          seconds);
    }
  }

  /** Counts rows that are selected. The scores need a column truth, an integer like label. */
  Tally tally(Column isSelected) {
    Row counts =
        scores
            .where(isSelected)
            .agg(
                count(lit(1)),
                count_if(col("truth").notEqual(ShardExamples.UNKNOWN)),
                count_if(col("truth").equalTo(col("label"))),
                count_if(col("truth").equalTo(ShardExamples.FOREIGN)))
            .first();
    return new Tally(counts.getLong(0), counts.getLong(1), counts.getLong(2), counts.getLong(3));
  }

  /** The threshold of each row's label. */
  public static Column threshold(Thresholds thresholds) {
    return thresholds.isUniform()
        ? lit(thresholds.least())
        : get(lit(thresholds.byLabel()), col("label"));
  }
}
