package io.syllabus.benchmark;

import io.syllabus.data.Dataset;
import io.syllabus.data.DatasetLayout;
import io.syllabus.data.ImageEntries;
import io.syllabus.data.ImageEntry;
import io.syllabus.data.ImageSource;
import io.syllabus.data.SourcePart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The CIFAR-10 that the environment variable names which conf/cifar10-small.conf reads. */
final class Cifar10 {
  private static final String VARIABLE = "CIFAR10";
  private static final Configuration HADOOP = new Configuration();

  private Cifar10() {}

  static Optional<String> missing() {
    return System.getenv(VARIABLE) == null
        ? Optional.of(
            "This row needs real images: set CIFAR10 to the folder that holds CIFAR-10 as JPEGs,"
                + " in train/ and test/ or in tars such as cifar10-train-jpeg.tar.gz")
        : Optional.empty();
  }

  static String folder() {
    return System.getenv(VARIABLE);
  }

  /**
   * Writes images as they are stored, evenly out of all, into a folder: test images, or training
   * images where there are not enough of these.
   *
   * @param count how many, at most as many as there are
   */
  static void writeImages(int count, Path folder) throws IOException {
    Dataset cifar10 = DatasetLayout.find(folder(), HADOOP);
    List<ImageEntry> all = entries(cifar10.test().orElseThrow());
    if (count > all.size()) {
      all = entries(cifar10.train());
    }
    for (int i = 0; i < count; i++) {
      ImageEntry entry = all.get((int) ((long) i * all.size() / count));
      Files.write(folder.resolve(String.format("%05d.jpg", i)), entry.bytes(HADOOP));
    }
  }

  private static List<ImageEntry> entries(ImageSource source) throws IOException {
    List<ImageEntry> entries = new ArrayList<>();
    for (SourcePart part : source.parts()) {
      try (ImageEntries images = part.open(HADOOP)) {
        images.forEachRemaining(entries::add);
      }
    }
    return entries;
  }
}
