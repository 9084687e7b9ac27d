package io.syllabus.spark.table;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.syllabus.Text;
import io.syllabus.data.BadDataException;
import io.syllabus.store.Store;
import io.syllabus.store.WholeFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.util.SerializableConfiguration;
import scala.Option;

/**
 * A table of the store as it lies there: whether it is there, and whether it is whole. What a copy
 * or a disk has damaged is found before hours of work that would end on it.
 */
public final class StoredTable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN = 5;

  private final SparkSession spark;
  private final Configuration hadoop;
  private final Path table;
  private final Path log;

  public StoredTable(SparkSession spark, String table) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.table = new Path(table);
    this.log = new Path(table, "_delta_log");
  }

  /**
   * Looks at the tables that publications and reviews stand on: labels, annotations, quarantine.
   *
   * @throws BadDataException where one is damaged: it names the file and what helps
   */
  public static void requireIntact(SparkSession spark, Store store) {
    new StoredTable(spark, store.labels())
        .requireIntact("the next run then publishes all labels anew, as version 0");
    new StoredTable(spark, store.annotations())
        .requireIntact("what people said in reviews is then lost");
    new StoredTable(spark, store.quarantine())
        .requireIntact("the list of unreadable images of earlier runs is then lost");
  }

  /**
   * Whether a version of it was ever finished.
   *
   * @throws UncheckedIOException where that may not be seen
   */
  public boolean exists() {
    return !commits().isEmpty() || !checkpoints().isEmpty();
  }

  /**
   * Looks at the log, and at the size and the end of each file of the latest version; a table that
   * is not there is whole. Its files' list stays on the executors.
   *
   * @param loss what comes of moving the table away
   * @throws BadDataException where it is damaged: it names the file and what helps
   */
  public void requireIntact(String loss) {
    requireLogIntact(loss);
    if (exists()) {
      refuse(damagedFiles(loss), loss);
    }
  }

  /**
   * Looks at the log alone, for a table whose rows are replaced.
   *
   * @param loss what comes of moving the table away
   * @throws BadDataException where it is damaged: it names the file and what helps
   */
  public void requireLogIntact(String loss) {
    refuse(damagedLog(), loss);
  }

  private void refuse(List<String> damages, String loss) {
    if (!damages.isEmpty()) {
      throw damaged(String.join(", ", damages), loss, null);
    }
  }

  private BadDataException damaged(String damages, String loss, Throwable cause) {
    return new BadDataException(
        Text.format(
            "The table %s is damaged: %s. Bring back what is missing from a copy of the store, or"
                + " move the folder away: %s",
            table, damages, loss),
        cause);
  }

  private List<String> damagedLog() {
    List<Path> checkpoints = checkpoints();
    long first = checkpoints.stream().mapToLong(StoredTable::version).max().orElse(-1) + 1;
    TreeSet<Long> versions = new TreeSet<>(commits());
    List<String> damages = new ArrayList<>();
    checkpoints.stream()
        .filter(file -> version(file) == first - 1)
        .forEach(file -> damage(file, -1, hadoop).ifPresent(damages::add));
    for (long version = first; !versions.isEmpty() && version <= versions.last(); version++) {
      Path commit = new Path(log, Text.format("%020d.json", version));
      (versions.contains(version) ? damage(commit) : Optional.of(commit + " is missing"))
          .ifPresent(damages::add);
    }
    return damages.stream().limit(SHOWN).toList();
  }

  private List<Long> commits() {
    return logFiles("\\d{20}\\.json").map(StoredTable::version).toList();
  }

  private List<Path> checkpoints() {
    return logFiles("\\d{20}\\.checkpoint.*\\.parquet").toList();
  }

  private Stream<Path> logFiles(String name) {
    try {
      return WholeFiles.list(log, hadoop).stream()
          .map(FileStatus::getPath)
          .filter(file -> file.getName().matches(name));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + log, e);
    }
  }

  private static long version(Path file) {
    return Long.parseLong(file.getName().substring(0, 20));
  }

  // A commit is JSON objects, of which there is at least one.
  private Optional<String> damage(Path commit) {
    try (InputStream in = WholeFiles.system(commit, hadoop).open(commit);
        JsonParser parser = JSON.createParser(in)) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        return Optional.of(commit + " is empty");
      }
      for (; token != null; token = parser.nextToken()) {
        parser.skipChildren();
      }
      return Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.of(
          Text.format("%s is cut or overwritten in line %d", commit, e.getLocation().getLineNr()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + commit, e);
    }
  }

  private List<String> damagedFiles(String loss) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    context.setJobDescription("check " + table.getName());
    Broadcast<SerializableConfiguration> configuration =
        context.broadcast(new SerializableConfiguration(hadoop));
    try {
      String folder = table.toString();
      return files()
          .mapPartitions(
              (MapPartitionsFunction<Row, String>)
                  rows -> damages(rows, folder, configuration.value().value()),
              Encoders.STRING())
          .takeAsList(SHOWN);
    } catch (IllegalStateException e) {
      // So Delta says of a log whose parts are whole that it does not make a table.
      throw damaged(log + ": " + e.getMessage(), loss, e);
    } finally {
      configuration.destroy();
      context.setJobDescription(null);
    }
  }

  private Dataset<Row> files() {
    return DeltaLog.forTable(spark, table)
        .update(false, Option.empty())
        .allFiles()
        .toDF()
        .select(col("path"), col("size"));
  }

  private static Iterator<String> damages(Iterator<Row> files, String table, Configuration hadoop) {
    List<String> found = new ArrayList<>();
    while (files.hasNext() && found.size() < SHOWN) {
      Row file = files.next();
      // Delta writes paths as parts of a URI.
      Path path = new Path(table, new Path(URI.create(file.getString(0))));
      damage(path, file.getLong(1), hadoop).ifPresent(found::add);
    }
    return found.iterator();
  }

  // A size below 0 is not known.
  private static Optional<String> damage(Path file, long size, Configuration hadoop) {
    try {
      FileStatus found = WholeFiles.system(file, hadoop).getFileStatus(file);
      if (size >= 0 && found.getLen() != size) {
        return Optional.of(
            Text.format("%s has %,d bytes instead of %,d", file, found.getLen(), size));
      }
      ParquetFileReader.open(HadoopInputFile.fromStatus(found, hadoop)).close();
      return Optional.empty();
    } catch (FileNotFoundException e) {
      return Optional.of(file + " is missing");
    } catch (ChecksumException e) {
      return Optional.of(file + " does not match its checksum");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    } catch (RuntimeException e) {
      return Optional.of(file + " is no whole Parquet file");
    }
  }
}
