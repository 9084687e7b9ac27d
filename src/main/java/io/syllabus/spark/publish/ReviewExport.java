package io.syllabus.spark.publish;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.left;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_extract;

import io.syllabus.data.ImageFile;
import io.syllabus.publish.LabelStudio;
import io.syllabus.publish.ReviewSheet;
import io.syllabus.publish.ReviewTask;
import io.syllabus.store.Store;
import io.syllabus.store.WholeFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Writes labels out for people to look at: a folder with the images, {@code tasks.json} and {@code
 * configuration.xml} for Label Studio, and {@code tasks.csv}. Workers write the images, the driver
 * one task after the other.
 */
public final class ReviewExport {
  private static final String IMAGES = "images";

  // What a location has between a tar and the name in it.
  private static final String IN_TAR = "!/";

  private final SparkSession spark;
  private final Store store;
  private final Configuration files;

  public ReviewExport(SparkSession spark, Store store) {
    this.spark = spark;
    this.store = store;
    this.files = spark.sparkContext().hadoopConfiguration();
  }

  /**
   * What was written.
   *
   * @param tasks images to look at
   * @param missing how many of them are no longer where they were labeled
   */
  public record Result(long tasks, long missing) {}

  /**
   * Writes a selection of one version.
   *
   * @param classes names in the order of their labels
   * @param folder new
   */
  public Result run(
      PublishedLabels.Version version, ReviewSelection selection, List<String> classes, Path folder)
      throws IOException {
    Dataset<Row> labels = new PublishedLabels(spark, store).read(version.number());
    Dataset<Row> selected =
        selection
            .of(labels, version.number())
            .withColumn("image", imageName())
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long missing = writeImages(selected, version.publication().examplesVersion(), folder);
      long tasks = writeTasks(selected, folder);
      WholeFiles.write(
          new Path(folder, "configuration.xml").toString(),
          LabelStudio.configuration(classes).getBytes(StandardCharsets.UTF_8),
          files);
      return new Result(tasks, missing);
    } finally {
      selected.unpersist(false);
    }
  }

  // By the content, so that equal images are one file and no id is too long for a name.
  private static Column imageName() {
    return concat(
        lit(IMAGES + "/"),
        left(col("checksum"), lit(24)),
        lower(regexp_extract(col("id"), "(\\.[A-Za-z0-9]{1,5})?$", 0)));
  }

  private long writeImages(Dataset<Row> selected, long examplesVersion, Path folder) {
    Column isInTar = col("location").contains(IN_TAR);
    Dataset<Row> examples =
        spark
            .read()
            .format("delta")
            .option("versionAsOf", examplesVersion)
            .load(store.examples())
            .select("id", "role", "checksum", "bytes");
    Dataset<Row> packed =
        examples
            .join(
                broadcast(selected.where(isInTar).select("id", "role", "checksum", "image")),
                new String[] {"id", "role", "checksum"})
            .select("image", "bytes");
    Dataset<Row> single = selected.where(not(isInTar)).select("image", "location");
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(files));
    LongAccumulator missing = context.sc().longAccumulator();
    String target = folder.toString();
    try {
      packed.javaRDD().foreachPartition(rows -> copy(rows, target, hadoop, missing));
      single.javaRDD().foreachPartition(rows -> copy(rows, target, hadoop, missing));
    } finally {
      hadoop.destroy();
    }
    return missing.value();
  }

  private static void copy(
      Iterator<Row> rows,
      String folder,
      Broadcast<SerializableConfiguration> hadoop,
      LongAccumulator missing)
      throws IOException {
    Configuration files = hadoop.value().value();
    while (rows.hasNext()) {
      Row row = rows.next();
      Path image = new Path(folder, row.getString(0));
      try {
        byte[] bytes =
            row.get(1) instanceof byte[] packed
                ? packed
                : ImageFile.read(new Path(row.getString(1)), files);
        WholeFiles.write(image.toString(), bytes, files);
      } catch (FileNotFoundException e) {
        missing.add(1);
      }
    }
  }

  private long writeTasks(Dataset<Row> selected, Path folder) throws IOException {
    FileSystem system = WholeFiles.system(folder, files);
    long tasks = 0;
    try (OutputStream json = system.create(new Path(folder, "tasks.json"));
        OutputStream csv = system.create(new Path(folder, "tasks.csv"));
        LabelStudio.Tasks studio = new LabelStudio.Tasks(json);
        ReviewSheet.Tasks sheet = new ReviewSheet.Tasks(csv)) {
      Iterator<Row> rows = selected.toLocalIterator();
      while (rows.hasNext()) {
        ReviewTask task = task(rows.next());
        studio.add(task);
        sheet.add(task);
        tasks++;
      }
    }
    return tasks;
  }

  private static ReviewTask task(Row row) {
    String checksum = row.getAs("model_checksum");
    return new ReviewTask(
        row.getAs("id"),
        row.getAs("role"),
        row.getAs("image"),
        row.getAs("class"),
        row.<Float>getAs("confidence"),
        row.getAs("runner_up"),
        row.getList(row.fieldIndex("reasons")),
        row.getAs("run_id") + " " + checksum.substring(0, 12));
  }
}
