package io.syllabus.spark;

import io.syllabus.store.WholeFiles;
import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/** How a table leaves the store. */
public enum Export {
  /** A folder of Parquet files. */
  PARQUET,
  /** One file with the columns' names in its first line. */
  CSV,
  /** One file, a JSON object a line. */
  JSONL;

  /**
   * Writes a table, over what is there. One file is written by one task, row by row.
   *
   * @param path of the folder or file
   */
  public void write(Dataset<Row> table, String path) throws IOException {
    if (this == PARQUET) {
      table.write().mode(SaveMode.Overwrite).parquet(path);
      return;
    }
    Path draft = new Path(path + ".draft");
    var writer = table.coalesce(1).write().mode(SaveMode.Overwrite);
    if (this == CSV) {
      writer.option("header", "true").csv(draft.toString());
    } else {
      writer.json(draft.toString());
    }
    FileSystem files =
        WholeFiles.system(draft, table.sparkSession().sparkContext().hadoopConfiguration());
    FileStatus[] parts = files.globStatus(new Path(draft, "part-*"));
    WholeFiles.replace(files, parts[0].getPath(), new Path(path));
    files.delete(draft, true);
  }
}
