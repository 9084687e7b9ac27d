package io.syllabus.spark.publish;

import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.syllabus.cycle.CycleResult;
import io.syllabus.cycle.Selection;
import io.syllabus.evaluate.Proportion;
import io.syllabus.publish.ExpectedPrecision;
import io.syllabus.spark.score.MeasuredScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Where a label comes from: the columns of the published labels.
 *
 * @param runId of the run whose model labels
 * @param examplesVersion of the examples table that the run read
 * @param classes names in the order of their labels
 * @param best the cycle whose model labels
 * @param precision of that model's labels
 */
record Provenance(
    String runId,
    long examplesVersion,
    List<String> classes,
    CycleResult best,
    ExpectedPrecision precision) {
  /** A label that a person gave. */
  static final String HUMAN = "human";

  /** A label that a model gave. */
  static final String MODEL = "model";

  // What is known of the image's file, whoever labels it.
  private static final List<String> FILE =
      List.of("id", "role", "checksum", "location", "size", "modified");

  // What only a model's label has.
  static final Map<String, DataType> OF_MODEL = new LinkedHashMap<>();

  static {
    OF_MODEL.put("confidence", DataTypes.FloatType);
    OF_MODEL.put("runner_up", DataTypes.StringType);
    OF_MODEL.put("margin", DataTypes.FloatType);
    OF_MODEL.put("threshold", DataTypes.DoubleType);
    OF_MODEL.put("percentile", DataTypes.IntegerType);
    OF_MODEL.put("first_cycle", DataTypes.IntegerType);
    OF_MODEL.put("label_changes", DataTypes.IntegerType);
    OF_MODEL.put("expected_precision", DataTypes.DoubleType);
    OF_MODEL.put("expected_precision_low", DataTypes.DoubleType);
    OF_MODEL.put("expected_precision_high", DataTypes.DoubleType);
  }

  private static final StructType PRECISION =
      new StructType()
          .add("share", DataTypes.DoubleType, false)
          .add("low", DataTypes.DoubleType, false)
          .add("high", DataTypes.DoubleType, false);

  /**
   * Labels that the model gives, unless a person is known to have labeled the content.
   *
   * @param images the columns of their files, label, confidence, runner_up, margin, first_cycle,
   *     label_changes, and known, which is a person's class or null
   * @param others columns that are kept as they are
   */
  Dataset<Row> ofModel(Dataset<Row> images, String... others) {
    Column human = col("known").isNotNull();
    Column threshold =
        best.selection()
            .map(selection -> MeasuredScores.threshold(selection.thresholds()))
            .orElse(lit(null));
    UserDefinedFunction expected = expected(precision);
    Map<String, Column> labels = new LinkedHashMap<>();
    labels.put("label", when(human, index(col("known"), classes)).otherwise(col("label")));
    labels.put("class", coalesce(col("known"), name(col("label"), classes)));
    labels.put("source", when(human, HUMAN).otherwise(MODEL));
    Map<String, Column> ofModel = new LinkedHashMap<>();
    ofModel.put("runner_up", name(col("runner_up"), classes));
    ofModel.put("threshold", threshold);
    ofModel.put("percentile", lit(percentile()));
    ofModel.put("expected_precision", col("expected.share"));
    ofModel.put("expected_precision_low", col("expected.low"));
    ofModel.put("expected_precision_high", col("expected.high"));
    OF_MODEL.forEach(
        (column, type) ->
            labels.put(
                column, when(not(human), ofModel.getOrDefault(column, col(column)).cast(type))));
    return select(
        images.withColumn("expected", expected.apply(col("label"), col("confidence"))),
        labels,
        others);
  }

  /**
   * Labels that people gave.
   *
   * @param images the columns of their files
   * @param truth the class that a person named
   * @param others columns that are kept as they are
   */
  Dataset<Row> ofPeople(Dataset<Row> images, Column truth, String... others) {
    Map<String, Column> labels = new LinkedHashMap<>();
    labels.put("label", index(truth, classes));
    labels.put("class", truth);
    labels.put("source", lit(HUMAN));
    OF_MODEL.forEach((column, type) -> labels.put(column, lit(null).cast(type)));
    return select(images, labels, others);
  }

  private Dataset<Row> select(Dataset<Row> images, Map<String, Column> labels, String... others) {
    List<Column> columns = new ArrayList<>();
    FILE.forEach(name -> columns.add(col(name)));
    labels.forEach((name, value) -> columns.add(value.as(name)));
    columns.add(lit(runId).as("run_id"));
    columns.add(lit(best.training().model().checksum()).as("model_checksum"));
    columns.add(lit(examplesVersion).as("examples_version"));
    Arrays.stream(others).forEach(name -> columns.add(col(name)));
    return images.select(columns.toArray(Column[]::new));
  }

  /**
   * Contents that a person has labeled: checksum and known, the class. Not where people disagree.
   *
   * @param ofPeople has a column checksum
   * @param truth the class that a person named; null for none
   */
  static Dataset<Row> knownContents(Dataset<Row> ofPeople, Column truth) {
    return ofPeople
        .where(truth.isNotNull())
        .groupBy("checksum")
        .agg(min(truth).as("known"), count_distinct(truth).as("labels"))
        .where(col("labels").equalTo(1))
        .drop("labels");
  }

  private static UserDefinedFunction expected(ExpectedPrecision precision) {
    return udf(
        (UDF2<Integer, Float, Row>)
            (label, confidence) -> {
              Proportion of = precision.of(label, confidence);
              return RowFactory.create(of.share(), of.low(), of.high());
            },
        PRECISION);
  }

  private Integer percentile() {
    Optional<Selection> selection = best.selection();
    return selection.isPresent() && selection.get().percentile().isPresent()
        ? selection.get().percentile().getAsInt()
        : null;
  }

  /** The class of a label; labels count from 0, places in an array from 1. */
  static Column name(Column label, List<String> classes) {
    return element_at(names(classes), label.plus(1));
  }

  // Null where the name is none of the classes.
  static Column index(Column name, List<String> classes) {
    Column place = array_position(names(classes), name);
    return when(place.gt(0), place.minus(1)).cast(DataTypes.IntegerType);
  }

  private static Column names(List<String> classes) {
    return lit(classes.toArray(String[]::new));
  }
}
