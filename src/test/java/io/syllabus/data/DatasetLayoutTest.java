package io.syllabus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetLayoutTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path folder;

  @Test
  void findsClassFoldersBeforeAnythingElse() throws IOException {
    file("train/cat/1.png");
    file("test/cat/1.png");
    tar("train.tar", "dog/1.png");
    Files.write(folder.resolve("data_batch_1.bin"), CifarFiles.batch(1));

    Dataset found = find();

    assertThat(ImageSourceTest.classes(found.train())).containsExactly("train/cat/1.png=cat");
    assertThat(ImageSourceTest.classes(found.test().orElseThrow()))
        .containsExactly("test/cat/1.png=cat");
  }

  @Test
  void findsTheTrainingAndTheTestTar() throws IOException {
    tar("pets-latest-Train.tgz", "train/cat/1.png");
    tar("pets-test.tar.gz", "test/cat/1.png");

    Dataset found = find();

    assertThat(ImageSourceTest.classes(found.train())).containsExactly("train/cat/1.png=cat");
    assertThat(ImageSourceTest.classes(found.test().orElseThrow()))
        .containsExactly("test/cat/1.png=cat");
  }

  @Test
  void doesWithoutATestSet() throws IOException {
    tar("latest-train.tar", "cat/1.png");

    assertThat(find().test()).isEmpty();
  }

  @Test
  void findsCifarFilesInTheFolder() throws IOException {
    Files.write(folder.resolve("data_batch_1.bin"), CifarFiles.batch(1));
    Files.write(folder.resolve("test_batch.bin"), CifarFiles.batch(2));

    assertCifar(find());
  }

  @Test
  void findsCifarFilesInTheirSubfolder() throws IOException {
    Path below = Files.createDirectory(folder.resolve("cifar-10-batches-bin"));
    Files.write(below.resolve("data_batch_1.bin"), CifarFiles.batch(1));
    Files.write(below.resolve("test_batch.bin"), CifarFiles.batch(2));

    assertCifar(find());
  }

  @Test
  void findsCifarFilesInATar() throws IOException {
    Tars.write(
        folder.resolve("cifar-10-binary.tar.gz"),
        Map.of("x/data_batch_1.bin", CifarFiles.batch(1), "x/test_batch.bin", CifarFiles.batch(2)));

    assertCifar(find());
  }

  @Test
  void refusesACifarTarWithoutTheTestBatch() throws IOException {
    Path tar = folder.resolve("cifar-10-binary.tar");
    Tars.write(tar, Map.of("data_batch_1.bin", CifarFiles.batch(1)));

    assertThatThrownBy(() -> ImageSourceTest.entries(find().test().orElseThrow()))
        .isInstanceOf(BadDataException.class)
        .hasMessage("file:%s holds no test_batch.bin, as CIFAR-10's binary version does", tar);
  }

  @Test
  void refusesToChooseBetweenTwoTars() throws IOException {
    tar("a-train.tar", "cat/1.png");
    tar("b-train.tar.gz", "cat/1.png");

    assertThatThrownBy(this::find)
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "%s holds several tars named *train*: keep one of a-train.tar, b-train.tar.gz", folder);
  }

  @Test
  void saysWhatItLookedForWhereNothingIs() throws IOException {
    file("notes.txt");

    assertThatThrownBy(this::find)
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "found no training images in %s, looked for folders train and test with one subfolder a"
                + " class, *train*.tar and *test*.tar (or .tar.gz, .tgz), data_batch_*.bin and"
                + " test_batch.bin (also in cifar-10-batches-bin, or in a tar)",
            folder);
  }

  @Test
  void refusesAMissingFolderAndAFile() throws IOException {
    Path missing = folder.resolve("missing");
    Path file = file("notes.txt");

    assertThatThrownBy(() -> DatasetLayout.find(missing.toString(), HADOOP))
        .isInstanceOf(BadDataException.class)
        .hasMessageStartingWith(missing + " does not exist: a data set is a folder that holds ");
    assertThatThrownBy(() -> DatasetLayout.find(file.toString(), HADOOP))
        .isInstanceOf(BadDataException.class)
        .hasMessageStartingWith(file + " is not a folder: a data set is a folder that holds ");
  }

  private static void assertCifar(Dataset found) throws IOException {
    assertThat(ImageSourceTest.classes(found.train()))
        .containsExactly("data_batch_1.bin/00000=automobile");
    assertThat(ImageSourceTest.classes(found.test().orElseThrow()))
        .containsExactly("test_batch.bin/00000=bird");
  }

  private Dataset find() {
    return DatasetLayout.find(folder.toString(), HADOOP);
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, Images.png());
  }

  private void tar(String name, String entry) throws IOException {
    Tars.write(folder.resolve(name), Map.of(entry, Images.png()));
  }
}
