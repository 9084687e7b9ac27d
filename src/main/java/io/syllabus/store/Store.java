package io.syllabus.store;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where things lie below the store's root, which is any Hadoop path.
 *
 * @param root fully qualified, such as {@code file:/home/me/store}
 */
public record Store(String root) implements Serializable {

  /** The store at a path; a relative one is below the working folder. */
  public static Store at(String path, Configuration hadoop) throws IOException {
    Path given = new Path(path);
    FileSystem files = given.getFileSystem(hadoop);
    return new Store(files.makeQualified(given).toString());
  }

  /** One row an image. */
  public String examples() {
    return root + "/examples";
  }

  /** What could not be read. */
  public String quarantine() {
    return root + "/quarantine";
  }

  /** The published label of every image. */
  public String labels() {
    return root + "/labels";
  }

  /** What people said of images when they were asked. */
  public String annotations() {
    return root + "/annotations";
  }

  /** Images that Syllabus drew itself. */
  public String generated() {
    return root + "/generated";
  }

  /** What Spark keeps meanwhile for the job that holds the lock; there while it runs. */
  public String work() {
    return root + "/work";
  }

  /** Who may write to the store. */
  String locks() {
    return root + "/lock";
  }

  /** Names of the folders that runs have. */
  public List<String> runIds(Configuration hadoop) throws IOException {
    return WholeFiles.list(new Path(root, "runs"), hadoop).stream()
        .map(run -> run.getPath().getName())
        .sorted()
        .toList();
  }

  public Run run(String id) {
    return new Run(root + "/runs/" + id);
  }

  /** The folder of one run. */
  public record Run(String folder) implements Serializable {

    /** Resolved settings, classes and versions. */
    public String description() {
      return folder + "/run.json";
    }

    public String summary() {
      return folder + "/summary.json";
    }

    /** Every pool image's pseudo-label in every cycle. */
    public String scores() {
      return folder + "/scores";
    }

    /** The labels that the run came to, a row an image. */
    public String labels() {
      return folder + "/labels";
    }

    /** What is known of those labels; there once the table is whole. */
    public String candidate() {
      return folder + "/candidate.json";
    }

    /** What the run uses each image for. */
    public String split() {
      return folder + "/split";
    }

    /** What the ingest reads, there while the run is. */
    public String ingestPlan() {
      return folder + "/ingest-plan";
    }

    /** Decoded images, there while the run is. */
    public String pixels() {
      return folder + "/pixels";
    }

    /** The workers' shares of each cycle, there while the run is. */
    public String shares() {
      return folder + "/shares";
    }

    public String model(int cycle) {
      return cycle(cycle) + "/model.zip";
    }

    public String metrics(int cycle) {
      return cycle(cycle) + "/metrics.jsonl";
    }

    /** Where a cycle's training stands, there until its model is. */
    public String checkpoints(int cycle) {
      return cycle(cycle) + "/checkpoints";
    }

    /** What of a cycle's pool is scored, there until the cycle is done. */
    public String scored(int cycle) {
      return cycle(cycle) + "/scored";
    }

    /** What of the pool is labeled, there until the labels are. */
    public String labeled() {
      return folder + "/labeled";
    }

    private String cycle(int cycle) {
      return folder + "/cycle-" + cycle;
    }
  }
}
