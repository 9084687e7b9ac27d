package io.syllabus.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The names that the binary version of CIFAR-10 goes by. */
final class Cifar {
  private static final Pattern TRAIN = Pattern.compile("data_batch_\\d+\\.bin");
  private static final Pattern TEST = Pattern.compile("test_batch\\.bin");
  private static final String CLASS_NAMES = "batches.meta.txt";

  /** The classes by their label, as the data set's own {@code batches.meta.txt} has them. */
  static final List<String> STANDARD_CLASS_NAMES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  /** Which files are meant. */
  enum Batch {
    TRAIN(Cifar.TRAIN, "data_batch_*.bin"),
    TEST(Cifar.TEST, "test_batch.bin");

    private final Pattern names;
    private final String shown;

    Batch(Pattern names, String shown) {
      this.names = names;
      this.shown = shown;
    }

    boolean has(String fileName) {
      return names.matcher(fileName).matches();
    }

    @Override
    public String toString() {
      return shown;
    }
  }

  private Cifar() {}

  static boolean isBatch(String fileName) {
    return Batch.TRAIN.has(fileName) || Batch.TEST.has(fileName);
  }

  /** The class names that lie beside a batch; the standard ones where none do. */
  static List<String> classNames(Path batch, Configuration hadoop) {
    Path names = new Path(batch.getParent(), CLASS_NAMES);
    try {
      FileSystem files = names.getFileSystem(hadoop);
      if (!files.exists(names)) {
        return STANDARD_CLASS_NAMES;
      }
      try (FSDataInputStream in = SourceFiles.open(names, hadoop)) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return text.lines().map(String::strip).filter(name -> !name.isEmpty()).toList();
      }
    } catch (IOException e) {
      throw SourceFiles.unreadable(names.toString(), e);
    }
  }
}
