package io.syllabus.spark.ingest;

import io.syllabus.data.ImageSource;
import io.syllabus.data.SourceRole;
import io.syllabus.store.WholeFiles;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What an ingest reads, batch by batch. It is written down before the first, so that an ingest that
 * is cut off goes on with the same parts of the sources, whatever was added to them meanwhile.
 *
 * @param name of this ingest and no other
 */
record IngestPlan(String name, List<List<RolePart>> batches) implements Serializable {
  // A batch takes about two seconds whatever it holds, and is what is lost where an ingest is cut
  // off.
  private static final int MOST_BATCHES = 16;
  private static final int LEAST_PARTS_A_SLOT = 8;

  /** A plan for sources that nobody has begun to read. */
  static IngestPlan of(Map<SourceRole, ImageSource> sources, int partsABatch) {
    List<RolePart> parts = parts(sources);
    List<List<RolePart>> batches = new ArrayList<>();
    for (int first = 0; first < parts.size(); first += partsABatch) {
      // A copy: a view of a list cannot be written.
      batches.add(List.copyOf(parts.subList(first, Math.min(parts.size(), first + partsABatch))));
    }
    return new IngestPlan(UUID.randomUUID().toString(), List.copyOf(batches));
  }

  /**
   * How many parts make a batch worth its while.
   *
   * @param slots tasks that run at the same time
   */
  static int partsABatch(Map<SourceRole, ImageSource> sources, int slots) {
    int parts = parts(sources).size();
    return Math.max((parts + MOST_BATCHES - 1) / MOST_BATCHES, LEAST_PARTS_A_SLOT * slots);
  }

  private static List<RolePart> parts(Map<SourceRole, ImageSource> sources) {
    List<RolePart> parts = new ArrayList<>();
    sources.forEach(
        (role, source) -> source.parts().forEach(part -> parts.add(new RolePart(role, part))));
    return parts;
  }

  /** What the commit of a batch is marked with. */
  String mark(int batch) {
    return name + " batch " + batch;
  }

  /**
   * How many batches are done.
   *
   * @param lastMark of the table's last commit
   */
  int batchesDone(Optional<String> lastMark) {
    for (int batch = batches.size() - 1; batch >= 0; batch--) {
      if (lastMark.equals(Optional.of(mark(batch)))) {
        return batch + 1;
      }
    }
    return 0;
  }

  void write(String file, Configuration hadoop) throws IOException {
    WholeFiles.write(
        file,
        out -> {
          ObjectOutputStream objects = new ObjectOutputStream(out);
          objects.writeObject(this);
          objects.flush();
        },
        hadoop);
  }

  /** Reads a plan; empty where there is none, or one of another version of Syllabus. */
  static Optional<IngestPlan> read(String file, Configuration hadoop) throws IOException {
    Path path = new Path(file);
    try (ObjectInputStream in =
        new ObjectInputStream(
            new BufferedInputStream(WholeFiles.system(path, hadoop).open(path)))) {
      return Optional.of((IngestPlan) in.readObject());
    } catch (FileNotFoundException | ObjectStreamException | ClassNotFoundException e) {
      return Optional.empty();
    }
  }
}
