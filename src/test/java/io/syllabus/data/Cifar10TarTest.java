package io.syllabus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** Reads CIFAR-10 as JPEGs, where it lies beside the project. */
class Cifar10TarTest {
  private static final Path FOLDER = Path.of("..", "shared", "data", "cifar10");

  @Test
  void readsTheTestSetOfCifar10() throws Exception {
    assumeTrue(Files.isDirectory(FOLDER), "skipped: no CIFAR-10 at " + FOLDER);
    Configuration hadoop = new Configuration();
    Dataset dataset = DatasetLayout.find(FOLDER.toString(), hadoop);

    List<ImageEntry> test = ImageSourceTest.entries(dataset.test().orElseThrow());

    assertThat(test).hasSize(10_000);
    TreeSet<String> classes = new TreeSet<>();
    test.forEach(entry -> classes.add(entry.className().orElseThrow()));
    assertThat(classes).containsExactlyElementsOf(Cifar.STANDARD_CLASS_NAMES);
    for (ImageEntry entry : test.subList(0, 500)) {
      DecodedImage image = Decoders.exact(32).decode(entry.bytes(hadoop));
      assertThat(image.format()).isEqualTo("jpeg");
      assertThat(image.pixels()).hasSize(32 * 32 * 3);
    }
  }
}
