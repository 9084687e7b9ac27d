package io.syllabus.spark.publish;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.syllabus.cycle.CycleResult;
import io.syllabus.data.SourceRole;
import io.syllabus.data.Split;
import io.syllabus.publish.ExpectedPrecision;
import io.syllabus.publish.LabelCounts;
import io.syllabus.select.ConfidenceBands;
import io.syllabus.spark.table.StoredTable;
import io.syllabus.store.Store;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * The labels that a run came to, each with its origin: a table in the run's folder, a row an image.
 * Only ids, labels and figures move.
 */
public final class RunLabels {
  // What the run knows of an image besides its label.
  static final String[] OTHERS = {"split", "truth", Overlay.FOLDER_CLASS};

  private final SparkSession spark;
  private final Store store;
  private final Store.Run run;
  private final List<String> classes;

  /**
   * @param classes names in the order of their labels
   */
  public RunLabels(SparkSession spark, Store store, Store.Run run, List<String> classes) {
    this.spark = spark;
    this.store = store;
    this.run = run;
    this.classes = classes;
  }

  /**
   * Writes the table, over what is there.
   *
   * @param best the cycle whose model gives the labels
   * @param predictions of that model for the pool: id, label, confidence, runner_up, margin
   */
  public void write(
      String runId,
      long examplesVersion,
      CycleResult best,
      Dataset<Row> predictions,
      ExpectedPrecision precision) {
    Dataset<Row> images = images(examplesVersion);
    Dataset<Row> ofPeople = images.where(col("split").notEqual(Split.POOL.text()));
    Dataset<Row> ofPool =
        images
            .where(col("split").equalTo(Split.POOL.text()))
            .join(predictions, "id")
            .join(history(predictions), "id")
            .join(
                Provenance.knownContents(ofPeople, col("truth")),
                new String[] {"checksum"},
                "left");
    Provenance origin = new Provenance(runId, examplesVersion, classes, best, precision);
    origin
        .ofModel(ofPool, OTHERS)
        .unionByName(
            origin.ofPeople(ofPeople.where(col("truth").isNotNull()), col("truth"), OTHERS))
        .write()
        .format("delta")
        .mode(SaveMode.Overwrite)
        .save(run.labels());
  }

  private Dataset<Row> images(long examplesVersion) {
    Dataset<Row> examples =
        spark
            .read()
            .format("delta")
            .option("versionAsOf", examplesVersion)
            .load(store.examples())
            .select(
                col("id"),
                col("role"),
                col("checksum"),
                col("source").as("location"),
                col("size"),
                col("modified"));
    Dataset<Row> split = withFolderClass(table(run.split()));
    return examples.join(
        split.select("id", "role", "split", "truth", Overlay.FOLDER_CLASS),
        new String[] {"id", "role"},
        "inner");
  }

  // A run that began before the column was there asked people about the pool alone.
  private static Dataset<Row> withFolderClass(Dataset<Row> split) {
    if (List.of(split.columns()).contains(Overlay.FOLDER_CLASS)) {
      return split;
    }
    Column isOfFolder =
        col("role")
            .notEqual(SourceRole.UNLABELED.text())
            .and(col("split").notEqual(Split.POOL.text()));
    return split.withColumn(Overlay.FOLDER_CLASS, when(isOfFolder, col("truth")));
  }

  // The last labels come after those of all cycles; a run without pseudo-labels scored in none.
  private Dataset<Row> history(Dataset<Row> predictions) {
    WindowSpec cycles = Window.partitionBy("id").orderBy("cycle");
    Dataset<Row> last =
        predictions.select(
            col("id"),
            lit(Integer.MAX_VALUE).as("cycle"),
            Provenance.name(col("label"), classes).as("label"),
            lit(false).as("selected"));
    Dataset<Row> all =
        new StoredTable(spark, run.scores()).exists()
            ? table(run.scores()).select("id", "cycle", "label", "selected").unionByName(last)
            : last;
    return all.withColumn("changed", col("label").notEqual(lag("label", 1).over(cycles)))
        .groupBy("id")
        .agg(
            min(when(col("selected"), col("cycle"))).as("first_cycle"),
            coalesce(sum(col("changed").cast(DataTypes.IntegerType)), lit(0L))
                .cast(DataTypes.IntegerType)
                .as("label_changes"));
  }

  /**
   * What the table holds, for the quality gates.
   *
   * @param bands of the model's confidences
   */
  public Tally tally(ConfidenceBands bands) {
    return tally(table(run.labels()), bands);
  }

  /**
   * What labels come to.
   *
   * @param labels of a run, or published ones, of which no truth is known
   * @param bands of the model's confidences
   */
  static Tally tally(Dataset<Row> labels, ConfidenceBands bands) {
    boolean isOfRun = List.of(labels.columns()).contains("truth");
    Column unknown = lit(null).cast(DataTypes.StringType);
    return labels
        .select(
            isOfRun ? col("split") : unknown,
            col("source"),
            col("label"),
            col("confidence"),
            isOfRun ? col("truth") : unknown,
            col("class"))
        .javaRDD()
        .mapPartitions(
            rows -> {
              Tally tally = new Tally(bands);
              rows.forEachRemaining(tally::add);
              return List.of(tally).iterator();
            })
        .reduce(Tally::merge);
  }

  /** Counts of a run's labels. Grows with the number of classes. */
  public static final class Tally implements Serializable {
    private static final long serialVersionUID = 1L;

    private final LabelCounts given;
    private final long[] trueLabels;
    private long human;

    Tally(ConfidenceBands bands) {
      given = new LabelCounts(bands);
      trueLabels = new long[bands.classes()];
    }

    private void add(Row row) {
      if (row.getString(1).equals(Provenance.MODEL)) {
        int label = row.getInt(2);
        float confidence = row.getFloat(3);
        if (row.isNullAt(4)) {
          given.add(label, confidence);
        } else {
          given.add(label, confidence, row.getString(4).equals(row.getString(5)));
        }
        return;
      }
      human++;
      if (Split.LABELED.text().equals(row.getString(0))) {
        trueLabels[row.getInt(2)]++;
      }
    }

    private Tally merge(Tally other) {
      given.merge(other.given);
      human += other.human;
      for (int label = 0; label < trueLabels.length; label++) {
        trueLabels[label] += other.trueLabels[label];
      }
      return this;
    }

    /** Labels that the model gave. */
    public LabelCounts given() {
      return given;
    }

    /** Images of each class that the model was trained on with true labels. */
    public List<Long> trueLabels() {
      return Arrays.stream(trueLabels).boxed().toList();
    }

    /** Images whose label is a human's. */
    public long human() {
      return human;
    }
  }

  private Dataset<Row> table(String path) {
    return spark.read().format("delta").load(path);
  }
}
