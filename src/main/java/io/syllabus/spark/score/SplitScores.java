package io.syllabus.spark.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.syllabus.config.CurriculumSettings.Confidence;
import io.syllabus.cycle.Model;
import io.syllabus.data.Split;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.network.Prediction;
import io.syllabus.publish.LabelCounts;
import io.syllabus.select.ConfidenceBands;
import io.syllabus.select.ScoredConfidences;
import io.syllabus.select.Thresholds;
import io.syllabus.spark.shard.PseudoLabel;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.collections4.IteratorUtils;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;

/**
 * A network's scores of the whole pool or of another split, computed once. They stay on the
 * workers, column by column in memory or on disk, where an image takes about 20 bytes and its id;
 * the driver sees counts.
 */
public final class SplitScores implements AutoCloseable {
  private static final StructType SCORE =
      new StructType()
          .add("shard", DataTypes.IntegerType, false)
          .add("id", DataTypes.StringType, false)
          .add("truth", DataTypes.IntegerType, false)
          .add("label", DataTypes.IntegerType, false)
          .add("confidence", DataTypes.FloatType, false)
          .add("runner_up", DataTypes.IntegerType, false)
          .add("margin", DataTypes.FloatType, false)
          .add("entropy", DataTypes.FloatType, false)
          .add("kept", DataTypes.BooleanType, false);

  private final Broadcast<NetworkSnapshot> network;
  private final Dataset<Row> scores;
  private final MeasuredScores measured;

  private SplitScores(
      SparkSession spark,
      Broadcast<NetworkSnapshot> network,
      JavaRDD<Row> rows,
      Confidence confidence,
      int classes) {
    this.network = network;
    this.scores = spark.createDataFrame(rows, SCORE).persist(StorageLevel.MEMORY_AND_DISK());
    this.measured = new MeasuredScores(scores, confidence, classes);
  }

  /**
   * Scores the pool when first read.
   *
   * @param confidence what is taken for it
   * @param temperature of the network's probabilities; 1 leaves them as they are
   * @param kept labels of earlier cycles that stay, partitioned like the shares
   * @param folder where scores are written down as they are made, so that a pass that is cut off
   *     goes on from there
   * @param done counts the images
   */
  public static SplitScores ofPool(
      SparkSession spark,
      Scoring scoring,
      NetworkSnapshot network,
      Confidence confidence,
      int classes,
      double temperature,
      Optional<JavaRDD<PseudoLabel>> kept,
      String folder,
      LongAccumulator done) {
    Broadcast<NetworkSnapshot> shipped = shipped(spark, network);
    JavaRDD<Score> scored = scoring.poolScores(shipped, temperature, folder, done);
    JavaRDD<Row> rows =
        kept.map(labels -> scored.zipPartitions(labels, SplitScores::rows))
            .orElseGet(() -> scored.map(score -> row(score, Optional.empty())));
    return new SplitScores(spark, shipped, rows, confidence, classes);
  }

  /**
   * Scores a split that the network was not trained on when first read.
   *
   * @param temperature of the network's probabilities; 1 leaves them as they are
   */
  public static SplitScores ofHeldOut(
      SparkSession spark,
      Scoring scoring,
      NetworkSnapshot network,
      Split split,
      int classes,
      double temperature) {
    Broadcast<NetworkSnapshot> shipped = shipped(spark, network);
    JavaRDD<Row> rows =
        scoring.scores(shipped, split, temperature).map(score -> row(score, Optional.empty()));
    return new SplitScores(spark, shipped, rows, Confidence.PROBABILITY, classes);
  }

  private static Broadcast<NetworkSnapshot> shipped(SparkSession spark, NetworkSnapshot network) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(network);
  }

  private static Iterator<Row> rows(Iterator<Score> scores, Iterator<PseudoLabel> kept) {
    Map<String, Integer> labels = new HashMap<>();
    kept.forEachRemaining(label -> labels.put(label.id(), label.label()));
    return IteratorUtils.transformedIterator(
        scores, score -> row(score, Optional.ofNullable(labels.get(score.id()))));
  }

  private static Row row(Score score, Optional<Integer> kept) {
    Prediction prediction = score.prediction();
    return RowFactory.create(
        score.shard(),
        score.id(),
        score.truth(),
        kept.orElse(prediction.label()),
        prediction.confidence(),
        prediction.runnerUp(),
        prediction.margin(),
        prediction.entropy(),
        kept.isPresent());
  }

  /** The confidences, for thresholds of them. */
  public ScoredConfidences confidences() {
    return measured;
  }

  /** Counts what thresholds select. */
  public MeasuredScores.Tally tally(Thresholds thresholds) {
    return measured.tally(isSelected(thresholds));
  }

  /** The labels of what reaches its threshold, partitioned like the shares. */
  public JavaRDD<PseudoLabel> selected(Thresholds thresholds) {
    return scores
        .where(isSelected(thresholds))
        .select("shard", "id", "label")
        .javaRDD()
        .map(row -> new PseudoLabel(row.getInt(0), row.getString(1), row.getInt(2)));
  }

  private Column isSelected(Thresholds thresholds) {
    return col("kept").or(measured.reaches(thresholds));
  }

  /** The bands of the largest probabilities. */
  public ConfidenceBands bands() {
    return ConfidenceBands.of(
        new MeasuredScores(scores, Confidence.PROBABILITY, measured.classes()));
  }

  /** How often the network is right, by label and by {@link #bands}, where all truth is known. */
  public LabelCounts counts() {
    return scores
        .select("label", "confidence", "truth")
        .javaRDD()
        .aggregate(
            new LabelCounts(bands()),
            (counts, row) -> {
              int label = row.getInt(0);
              counts.add(label, row.getFloat(1), label == row.getInt(2));
              return counts;
            },
            LabelCounts::merge);
  }

  /** What the network says of each image: id, label, confidence, runner_up, margin. */
  public Dataset<Row> predictions() {
    return scores.select("id", "label", "confidence", "runner_up", "margin");
  }

  /** Appends all scores to a run's table, unless it has those of the cycle. */
  public void write(
      String table, int cycle, Model model, Thresholds thresholds, List<String> classes) {
    UserDefinedFunction name =
        udf((UDF1<Integer, String>) classes::get, DataTypes.StringType).asNonNullable();
    scores
        .select(
            col("id"),
            lit(cycle).as("cycle"),
            name.apply(col("label")).as("label"),
            col("confidence"),
            name.apply(col("runner_up")).as("runner_up"),
            col("margin"),
            col("entropy"),
            isSelected(thresholds).as("selected"),
            MeasuredScores.threshold(thresholds).as("threshold"),
            lit(model.checksum()).as("model_checksum"))
        .write()
        .format("delta")
        .mode(SaveMode.Append)
        .partitionBy("cycle")
        .option("txnAppId", "scores")
        .option("txnVersion", cycle)
        .save(table);
  }

  @Override
  public void close() {
    scores.unpersist(false);
    network.destroy();
  }
}
