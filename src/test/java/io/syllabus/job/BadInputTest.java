package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.data.DigitFolders;
import io.syllabus.data.DigitImages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says of settings and data that it cannot work with, each in one sentence. */
class BadInputTest {
  @TempDir private Path folder;
  private JobRunner jobs;
  private Path labeled;
  private Path unlabeled;

  @BeforeEach
  void images() throws IOException {
    jobs = new JobRunner(folder.resolve("store"));
    labeled = DigitFolders.labeled(folder.resolve("labeled"), 2, 3);
    unlabeled = DigitFolders.images(folder.resolve("unlabeled"), 0, 2);
  }

  @AfterEach
  void leavesNoDecodedImagesBehind() {
    assertThat(jobs.run("bad").resolve("pixels")).doesNotExist();
  }

  @Test
  void tellsAnUnknownKeyAndAWrongRangeAtOnce() {
    assertEnds(
        2,
        """
        Unknown key training.epoch in --set: did you mean training.epochs?
        curriculum.step-percent must be in [1, 100], found: 0 (--set)""",
        "training.epoch=3",
        "curriculum.step-percent=0");
  }

  @Test
  void namesTheSettingsFileThatIsMissing() {
    Path file = folder.resolve("no.conf");

    assertThat(JobRunner.execute(SelfTrain::new, "--config", file.toString()))
        .isEqualTo(new JobRunner.End(2, "No settings file at " + file));
  }

  @Test
  void namesTheEnvironmentVariableThatIsNotSet() throws IOException {
    Path file = folder.resolve("my.conf");
    Files.writeString(
        file, "data.labeled = ${SYLLABUS_NO_SUCH_FOLDER}\ndata.unlabeled = " + unlabeled);

    assertThat(JobRunner.execute(SelfTrain::new, "--config", file.toString()))
        .isEqualTo(
            new JobRunner.End(
                2,
                "Environment variable SYLLABUS_NO_SUCH_FOLDER is not set: "
                    + file
                    + " needs it for data.labeled"));
  }

  @Test
  void namesThePathThatIsMissing() {
    labeled = folder.resolve("nowhere");

    assertEnds(
        3,
        labeled
            + " does not exist: a labeled source is a folder with one subfolder a class, a tar of"
            + " such a folder (.tar, .tar.gz, .tgz) or CIFAR-10 binary files (.bin)");
  }

  @Test
  void asksForClassFolders() {
    labeled = unlabeled;

    assertEnds(
        3,
        labeled
            + " has no class folders: a labeled source is a folder with one subfolder a class, a"
            + " tar of such a folder (.tar, .tar.gz, .tgz) or CIFAR-10 binary files (.bin)");
  }

  @Test
  void asksForASecondClass() throws IOException {
    labeled = DigitFolders.labeled(folder.resolve("single"), 1, 4);

    assertEnds(3, labeled + " holds one class only, zero: a classifier needs two or more");
  }

  @Test
  void namesTheClassWithTooFewImages() throws IOException {
    DigitFolders.images(labeled.resolve("seven"), 7, 2);

    assertEnds(
        3,
        "Class \"seven\" has 2 labeled images in "
            + labeled
            + ", data.split asks for 3 of each class (labeled-per-class 2, validation-per-class 1,"
            + " pool-per-class 0, validation-fraction 0.2): lower it or add images",
        "data.split.labeled-per-class=2",
        "data.split.validation-per-class=1");
  }

  @Test
  void asksForAPool() throws IOException {
    unlabeled = Files.createDirectory(folder.resolve("empty"));

    assertEnds(3, "The pool is empty: data.unlabeled (" + unlabeled + ") holds no image");
  }

  @Test
  void refusesImagesOfAnotherSizeWhenTheyMustNotBeResized() {
    assertEnds(
        3,
        "8 images are not 9×9 pixels, such as file:"
            + labeled
            + "/one/0.png (8×8 pixels, data.image-size is 9 and data.resize is none): set"
            + " data.resize to crop or scale, or data.image-size to their size",
        "data.image-size=9",
        "data.resize=none");
  }

  @Test
  void refusesTooManyUnreadableImagesAndListsThem() throws IOException {
    Files.writeString(labeled.resolve("one/broken.png"), "no image");
    Files.write(unlabeled.resolve("empty.jpg"), new byte[0]);

    assertEnds(
        3,
        "2 of 10 images could not be read, such as file:"
            + labeled
            + "/one/broken.png (not an image (JPEG, PNG, GIF, BMP or TIFF));"
            + " data.max-bad-fraction allows 0.1 of them: mend or remove them, the store's"
            + " quarantine table lists each",
        "data.max-bad-fraction=0.1");
    assertThat(jobs.table("quarantine", "source", "reason", "run"))
        .extracting(row -> row.mkString(" | "))
        .containsExactly(
            "file:"
                + labeled
                + "/one/broken.png | not an image (JPEG, PNG, GIF, BMP or TIFF) | bad",
            "file:" + unlabeled + "/empty.jpg | empty file | bad");
  }

  @Test
  void refusesATarThatIsCutShort() throws IOException {
    Path tar = folder.resolve("images.tar");
    try (OutputStream out = Files.newOutputStream(tar)) {
      new DigitImages(1, 8).writeTar(out, "train", 0, 2);
    }
    byte[] whole = Files.readAllBytes(tar);
    Files.write(tar, Arrays.copyOf(whole, whole.length / 2));
    labeled = tar;

    assertEnds(3, "file:" + tar + " cannot be read to its end: Truncated TAR archive");
  }

  @Test
  void namesTheTestClassThatHasNoLabels() throws IOException {
    Path test = DigitFolders.labeled(folder.resolve("test"), 3, 1);

    assertEnds(
        3,
        "Class \"two\" in data.test is not among the labeled classes: one, zero",
        "data.test=" + test);
  }

  private void assertEnds(int exitCode, String sentence, String... settings) {
    List<String> all =
        new ArrayList<>(List.of("data.labeled=" + labeled, "data.unlabeled=" + unlabeled));
    all.addAll(List.of(settings));
    JobRunner.End end = jobs.selfTrain("bad", all);
    assertThat(end.said()).endsWith(sentence);
    assertThat(end.exitCode()).isEqualTo(exitCode);
  }
}
