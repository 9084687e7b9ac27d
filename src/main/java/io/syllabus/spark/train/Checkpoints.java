package io.syllabus.spark.train;

import io.syllabus.Text;
import io.syllabus.store.WholeFiles;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one cycle's training: a file an epoch, of which the last is kept. It takes
 * four to seven times the space of the network's parameters.
 */
final class Checkpoints {
  private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);

  private final Path folder;
  private final Configuration hadoop;

  /**
   * What a checkpoint holds.
   *
   * @param metrics of the epochs that are done, one JSON object a line
   * @param trainSeconds of these epochs, without validation
   * @param seconds since the cycle's training began, all together
   */
  record Checkpoint(TrainingState training, String metrics, double trainSeconds, double seconds)
      implements Serializable {}

  Checkpoints(String folder, Configuration hadoop) {
    this.folder = new Path(folder);
    this.hadoop = hadoop;
  }

  /** Writes a checkpoint and deletes those before. */
  void write(Checkpoint checkpoint) {
    Path file = new Path(folder, Text.format("epoch-%06d", checkpoint.training().epochs()));
    try {
      WholeFiles.write(
          file.toString(),
          out -> {
            ObjectOutputStream objects = new ObjectOutputStream(out);
            objects.writeObject(checkpoint);
            objects.flush();
          },
          hadoop);
      for (Path other : files()) {
        if (!other.getName().equals(file.getName())) {
          system().delete(other, false);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the checkpoint " + file, e);
    }
  }

  /** The last checkpoint that can be read. */
  Optional<Checkpoint> last() {
    try {
      for (Path file : files()) {
        Optional<Checkpoint> checkpoint = read(file);
        if (checkpoint.isPresent()) {
          return checkpoint;
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the checkpoints in " + folder, e);
    }
  }

  // One of another version of Syllabus is as good as none.
  private Optional<Checkpoint> read(Path file) throws IOException {
    try (ObjectInputStream in =
        new ObjectInputStream(new BufferedInputStream(system().open(file), 1 << 16))) {
      return Optional.of((Checkpoint) in.readObject());
    } catch (ObjectStreamException | ClassNotFoundException e) {
      log.warn("The checkpoint {} cannot be used: {}", file, e.toString());
      return Optional.empty();
    }
  }

  // The latest first.
  private List<Path> files() throws IOException {
    try {
      return Arrays.stream(system().listStatus(folder))
          .map(FileStatus::getPath)
          .filter(path -> path.getName().startsWith("epoch-"))
          .sorted(Comparator.comparing(Path::getName).reversed())
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  private FileSystem system() throws IOException {
    return WholeFiles.system(folder, hadoop);
  }
}
