package io.syllabus.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
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

  /** Images that Syllabus drew itself. */
  public String generated() {
    return root + "/generated";
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

    /** What the run uses each image for. */
    public String split() {
      return folder + "/split";
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
      return folder + "/cycle-" + cycle + "/model.zip";
    }

    public String metrics(int cycle) {
      return folder + "/cycle-" + cycle + "/metrics.jsonl";
    }
  }

  /** Writes a small file whole: readers see the old one or the new one. */
  public static void write(String file, byte[] content, Configuration hadoop) throws IOException {
    Path target = new Path(file);
    Path draft = new Path(target.getParent(), "." + target.getName() + ".draft");
    FileSystem files = target.getFileSystem(hadoop);
    try (OutputStream out = files.create(draft, true)) {
      out.write(content);
    }
    replace(files, draft, target);
  }

  /** Moves a finished draft to its place, over what is there. */
  static void replace(FileSystem files, Path draft, Path target) throws IOException {
    if (files.exists(target) && !files.delete(target, false)) {
      throw new IOException("Cannot replace " + target);
    }
    if (!files.rename(draft, target)) {
      throw new IOException("Cannot move " + draft + " to " + target);
    }
  }

  /** Reads a small file whole. */
  public static String read(String file, Configuration hadoop) throws IOException {
    Path path = new Path(file);
    try (FSDataInputStream in = path.getFileSystem(hadoop).open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
