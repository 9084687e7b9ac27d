package io.syllabus.spark.publish;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.syllabus.data.SourceRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Labels as they stand once those that people give today lie over them: the latest answer about the
 * image's content; else what its folder says, or the folder of another image with that content;
 * else the model's. Where a person's label was taken back and there is no other, it is withdrawn.
 */
final class Overlay {
  /** The class that the image's folder says; null in the pool. */
  static final String FOLDER_CLASS = "folder_class";

  /** The label as it was. */
  static final String CLASS_BEFORE = "class_before";

  static final String SOURCE_BEFORE = "source_before";

  /** Whether nobody gives the image a label any more. */
  static final String WITHDRAWN = "withdrawn";

  private static final String KNOWN = "known";

  private Overlay() {}

  /**
   * Lays people's labels over others.
   *
   * @param labels rows of a run's labels or of published ones
   * @param classes names in the order of their labels
   * @return all rows of the labels, with the columns above and {@link Annotations#REVIEWED}
   */
  static Dataset<Row> over(Dataset<Row> labels, Annotations annotations, List<String> classes) {
    Dataset<Row> before =
        labels
            .withColumn(FOLDER_CLASS, folderClass(labels))
            .withColumn(CLASS_BEFORE, col("class"))
            .withColumn(SOURCE_BEFORE, col("source"));
    if (!annotations.exist()) {
      return before
          .withColumn(Annotations.REVIEWED, lit(null).cast(DataTypes.StringType))
          .withColumn(WITHDRAWN, lit(false));
    }
    Dataset<Row> joined =
        before
            .join(annotations.latest(), new String[] {"checksum"}, "left")
            .join(
                Provenance.knownContents(before, col(FOLDER_CLASS)),
                new String[] {"checksum"},
                "left");
    Column reviewed = col(Annotations.REVIEWED);
    Column isModels = col(SOURCE_BEFORE).equalTo(Provenance.MODEL);
    Column ofPeople = coalesce(reviewed, col(FOLDER_CLASS), when(not(isModels), col(KNOWN)));
    Dataset<Row> over =
        joined
            .withColumn(WITHDRAWN, ofPeople.isNull().and(not(isModels)))
            .withColumn("class", coalesce(ofPeople, col(CLASS_BEFORE)))
            .withColumn(
                "source", when(ofPeople.isNotNull(), Provenance.HUMAN).otherwise(col("source")))
            .withColumn(
                "label",
                when(ofPeople.isNotNull(), Provenance.index(ofPeople, classes))
                    .otherwise(col("label")));
    for (Map.Entry<String, DataType> column : Provenance.OF_MODEL.entrySet()) {
      over =
          over.withColumn(
              column.getKey(),
              when(ofPeople.isNull(), col(column.getKey())).cast(column.getValue()));
    }
    // In the order in which they were.
    List<Column> columns = new ArrayList<>();
    for (String name : before.columns()) {
      columns.add(col(name));
    }
    columns.add(col(Annotations.REVIEWED));
    columns.add(col(WITHDRAWN));
    return over.select(columns.toArray(Column[]::new));
  }

  /** Whether the label is another, or another's, than it was. */
  static Column isChanged() {
    return col(CLASS_BEFORE).notEqual(col("class")).or(col(SOURCE_BEFORE).notEqual(col("source")));
  }

  /** What an image's folder says, also of labels from before the column was there. */
  static Column folderClass(Dataset<Row> labels) {
    // People were asked about the pool alone then.
    Column ofFolder =
        col("role")
            .notEqual(SourceRole.UNLABELED.text())
            .and(col("source").equalTo(Provenance.HUMAN));
    Column derived = when(ofFolder, col("class"));
    return List.of(labels.columns()).contains(FOLDER_CLASS)
        ? coalesce(col(FOLDER_CLASS), derived)
        : coalesce(derived, lit(null).cast(DataTypes.StringType));
  }
}
