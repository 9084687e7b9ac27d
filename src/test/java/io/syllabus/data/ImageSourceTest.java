package io.syllabus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSourceTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path folder;

  @Test
  void readsAFolderWithOneSubfolderAClass() throws IOException {
    file("cat/1.png");
    file("cat/close up/deep/2.png");
    file("dog/1.png");

    ImageSource source = labeled(folder);

    assertThat(source.parts()).hasSize(2);
    assertThat(classes(source))
        .containsExactlyInAnyOrder("cat/1.png=cat", "cat/close up/deep/2.png=cat", "dog/1.png=dog");
  }

  @Test
  void readsTheBytesOfAFolderWhenTheyAreAskedFor() throws IOException {
    Path written = file("a cat/10:30/1 100% a:b#.png");

    ImageEntry entry = entries(labeled(folder)).get(0);

    assertThat(entry.id()).isEqualTo("a cat/10:30/1 100% a:b#.png");
    assertThat(entry.location()).isEqualTo("file:" + written);
    assertThat(entry.bytes(HADOOP)).isEqualTo(Images.png());
  }

  @Test
  void givesAFileInNoClassFolderNoClass() throws IOException {
    file("cat/1.png");
    file("stray.png");

    assertThat(classes(labeled(folder))).containsExactlyInAnyOrder("cat/1.png=cat", "stray.png=");
  }

  @Test
  void passesOverHiddenFilesAndFolders() throws IOException {
    file("cat/1.png");
    file("cat/._1.png");
    file("cat/.DS_Store");
    file("_SUCCESS");
    file(".git/1.png");
    file("__MACOSX/cat/1.png");
    file("cat/notes.txt");

    assertThat(classes(labeled(folder)))
        .containsExactlyInAnyOrder("cat/1.png=cat", "cat/notes.txt=cat");
  }

  @Test
  void passesOverHiddenEntriesOfATar() throws IOException {
    Path tar = tar("a.tar", "cat/1.png", "cat/._1.png", "__MACOSX/cat/._1.png", ".x/cat/2.png");

    assertThat(classes(labeled(tar))).containsExactly("cat/1.png=cat");
  }

  @ParameterizedTest
  @ValueSource(strings = {"photos.tar", "photos.tar.gz", "photos.tgz", "PHOTOS.TAR"})
  void readsATarOfAClassFolderTree(String name) throws IOException {
    Path tar =
        tar(name, "./top/", "./top/cat/1.png", "./top/cat/2.png", "./top/dog/1.png", "stray.png");

    ImageSource source = labeled(tar);

    assertThat(source.parts()).hasSize(1);
    assertThat(classes(source))
        .containsExactlyInAnyOrder(
            "top/cat/1.png=cat", "top/cat/2.png=cat", "top/dog/1.png=dog", "stray.png=");
    ImageEntry first = entries(source).get(0);
    assertThat(first.bytes(HADOOP)).isEqualTo(Images.png());
    assertThat(first.location()).isEqualTo("file:" + tar + "!/" + first.id());
  }

  @Test
  void takesTheParentFolderForTheClassOfATarsImage() throws IOException {
    assertThat(classes(labeled(tar("a.tar", "cat/1.png")))).containsExactly("cat/1.png=cat");
    assertThat(classes(labeled(tar("b.tar", "x/y/cat/1.png"))))
        .containsExactly("x/y/cat/1.png=cat");
  }

  @Test
  void readsAnUnlabeledTreeOfAnyDepth() throws IOException {
    file("1.png");
    file("2024/2.png");
    file("2024/may/01/3.png");
    file("2025/4.png");

    ImageSource source = ImageSource.unlabeled(folder.toString(), HADOOP);

    assertThat(source.parts()).hasSize(3);
    assertThat(classes(source))
        .containsExactlyInAnyOrder("1.png=", "2024/2.png=", "2024/may/01/3.png=", "2025/4.png=");
  }

  @Test
  void readsAnUnlabeledTarWithoutClasses() throws IOException {
    Path tar = tar("a.tar.gz", "cat/1.png");

    assertThat(classes(ImageSource.unlabeled(tar.toString(), HADOOP)))
        .containsExactly("cat/1.png=");
  }

  @Test
  void hasNoPartsForAnEmptyUnlabeledFolder() {
    assertThat(ImageSource.unlabeled(folder.toString(), HADOOP).parts()).isEmpty();
  }

  @Test
  void readsCifarBinaryFilesPixelForPixel() throws Exception {
    byte[] batch = CifarFiles.batch(3, 9);
    Files.write(folder.resolve("data_batch_1.bin"), batch);
    Files.write(folder.resolve("data_batch_2.bin"), CifarFiles.batch(0));
    Files.write(folder.resolve("test_batch.bin"), CifarFiles.batch(1));

    List<ImageEntry> entries = entries(labeled(folder));

    assertThat(entries.stream().map(ImageSourceTest::idAndClass))
        .containsExactly(
            "data_batch_1.bin/00000=cat",
            "data_batch_1.bin/00001=truck",
            "data_batch_2.bin/00000=airplane");
    ImageDecoder decoder = Decoders.exact(32);
    for (int record = 0; record < 2; record++) {
      DecodedImage image = decoder.decode(entries.get(record).bytes(HADOOP));
      assertThat(image.format()).isEqualTo("png");
      assertThat(image.pixels()).isEqualTo(CifarFiles.pixels(batch, record));
    }
  }

  @Test
  void takesCifarClassNamesFromTheFileBesideTheBatch() throws IOException {
    Path batch = Files.write(folder.resolve("test_batch.bin"), CifarFiles.batch(1, 0));
    Files.writeString(folder.resolve("batches.meta.txt"), "plane\ncar\n\n");

    assertThat(classes(labeled(batch)))
        .containsExactly("test_batch.bin/00000=car", "test_batch.bin/00001=plane");
  }

  @Test
  void readsTheTrainingBatchesOfACifarTar() throws Exception {
    byte[] batch = CifarFiles.batch(5, 6);
    Path tar = cifarTar(folder.resolve("cifar-10-binary.tar.gz"), batch);

    List<ImageEntry> entries = entries(labeled(tar));

    assertThat(entries.stream().map(ImageSourceTest::idAndClass))
        .containsExactly(
            "data_batch_1.bin/00000=dog",
            "data_batch_1.bin/00001=frog",
            "data_batch_2.bin/00000=bird");
    assertThat(Decoders.exact(32).decode(entries.get(1).bytes(HADOOP)).pixels())
        .isEqualTo(CifarFiles.pixels(batch, 1));
  }

  @Test
  void refusesACifarFileThatIsCutShort() throws IOException {
    byte[] whole = CifarFiles.batch(1, 2);
    Path batch =
        Files.write(
            folder.resolve("data_batch_1.bin"), Arrays.copyOf(whole, CifarFiles.RECORD + 100));

    assertThatThrownBy(() -> entries(labeled(batch)))
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "file:%s cannot be read to its end: it is cut short inside data_batch_1.bin/00001",
            batch);
  }

  @Test
  void refusesABinaryFileWithLabelsThatCifarDoesNotHave() throws IOException {
    Path batch = Files.write(folder.resolve("other.bin"), CifarFiles.batch(1, 77));

    assertThatThrownBy(() -> entries(labeled(batch)))
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "file:%s: record 1 has label 77, there are labels 0 to 9: it is no CIFAR-10 file",
            batch);
  }

  @Test
  void namesAPathThatDoesNotExist() {
    Path missing = folder.resolve("missing");

    assertThatThrownBy(() -> labeled(missing))
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "%s does not exist: a labeled source is a folder with one subfolder a class, a tar of"
                + " such a folder (.tar, .tar.gz, .tgz) or CIFAR-10 binary files (.bin)",
            missing);
    assertThatThrownBy(() -> ImageSource.unlabeled(missing.toString(), HADOOP))
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "%s does not exist: an unlabeled source is a folder of images or a tar of images (.tar,"
                + " .tar.gz, .tgz)",
            missing);
    assertThatThrownBy(() -> ImageSource.unlabeled("", HADOOP))
        .isInstanceOf(BadDataException.class)
        .hasMessageStartingWith("\"\" is not a path: ");
    assertThatThrownBy(() -> ImageSource.unlabeled("nowhere://a/b", HADOOP))
        .isInstanceOf(BadDataException.class)
        .hasMessage("nowhere://a/b cannot be read: No FileSystem for scheme \"nowhere\"");
  }

  @Test
  void refusesAFileThatIsNoSource() throws IOException {
    Path zip = file("photos.zip");

    assertThatThrownBy(() -> labeled(zip))
        .isInstanceOf(BadDataException.class)
        .hasMessageStartingWith(zip + " is neither a folder nor a tar nor a .bin file: ");
    assertThatThrownBy(() -> ImageSource.unlabeled(zip.toString(), HADOOP))
        .isInstanceOf(BadDataException.class)
        .hasMessageStartingWith(zip + " is neither a folder nor a tar: ");
  }

  @Test
  void refusesALabeledFolderWithoutClassFolders() throws IOException {
    file("1.png");
    file(".hidden/1.png");

    assertThatThrownBy(() -> labeled(folder))
        .isInstanceOf(BadDataException.class)
        .hasMessageStartingWith(folder + " has no class folders: a labeled source is a folder");
  }

  @Test
  void refusesATarsEntryThatLeadsOutOfIt() throws IOException {
    Path tar = tar("a.tar", "cat/1.png", "cat/../../etc/2.png");

    assertThatThrownBy(() -> entries(labeled(tar)))
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "file:%s: entry \"cat/../../etc/2.png\" leads out of the tar: pack the tar again"
                + " without it",
            tar);
  }

  @Test
  void refusesATarsEntryWithAnAbsoluteName() throws IOException {
    Path tar = tar("a.tar", "cat/1.png", "/etc/2.png");

    assertThatThrownBy(() -> entries(labeled(tar)))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("entry \"/etc/2.png\" has an absolute name");
  }

  @Test
  void refusesATarsEntryWithoutAName() throws IOException {
    Path tar = tar("a.tar", "cat/1.png", ".");

    assertThatThrownBy(() -> entries(labeled(tar)))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("entry \".\" has no name");
  }

  @Test
  void refusesLinksAndDevicesInATar() throws IOException {
    TarArchiveEntry link = new TarArchiveEntry("cat/1.png", TarConstants.LF_SYMLINK);
    link.setLinkName("/etc/passwd");
    TarArchiveEntry device = new TarArchiveEntry("cat/1.png", TarConstants.LF_BLK);
    Path linkTar = Tars.writeHeader(folder.resolve("link.tar"), link);
    Path deviceTar = Tars.writeHeader(folder.resolve("device.tar"), device);

    assertThatThrownBy(() -> entries(ImageSource.unlabeled(linkTar.toString(), HADOOP)))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("link.tar: entry \"cat/1.png\" is a link to /etc/passwd");
    assertThatThrownBy(() -> entries(ImageSource.unlabeled(deviceTar.toString(), HADOOP)))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("device.tar: entry \"cat/1.png\" is a device");
  }

  @Test
  void refusesATarsEntryThatClaimsTooManyBytes() throws IOException {
    TarArchiveEntry huge = new TarArchiveEntry("cat/1.png");
    huge.setSize((256L << 20) + 1);
    Path tar = Tars.writeHeader(folder.resolve("huge.tar"), huge);

    assertThatThrownBy(() -> entries(ImageSource.unlabeled(tar.toString(), HADOOP)))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("\"cat/1.png\" claims 268435457 bytes, 268435456 are allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.tar", "a.tar.gz"})
  void refusesATarThatIsCutShortAnywhere(String name) throws IOException {
    // A plain tar is three blocks of header and content, then at least two of end mark.
    byte[] whole = Files.readAllBytes(tar(name, "cat/1.png"));
    int firstWhole = name.endsWith("gz") ? whole.length : 3 * 512;
    Path cut = folder.resolve("cut-" + name);

    for (int length = 0; length < firstWhole; length += 7) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> entries(ImageSource.unlabeled(cut.toString(), HADOOP)))
          .as("cut to %s bytes", length)
          .isInstanceOf(BadDataException.class)
          .hasMessageStartingWith("file:" + cut + " cannot be read to its end: ");
    }
  }

  @Test
  void splitsIntoPartsThatTravelToOtherMachines() throws Exception {
    file("cat/1.png");
    Path tar = tar("a.tar", "cat/2.png");
    Path cifar = cifarTar(folder.resolve("b.tar"), CifarFiles.batch(1));
    Path batch = Files.write(folder.resolve("c.bin"), CifarFiles.batch(1));

    for (Path path : List.of(folder, tar, cifar, batch)) {
      for (SourcePart part : labeled(path).parts()) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
          out.writeObject(part);
        }
        try (ObjectInputStream in =
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
          assertThat(in.readObject()).isEqualTo(part);
        }
      }
    }
  }

  @Test
  void endsWithAnExceptionThatNamesTheSource() throws IOException {
    Path tar = tar("a.tar", "cat/1.png");

    try (ImageEntries entries = labeled(tar).parts().get(0).open(HADOOP)) {
      entries.next();
      assertThatThrownBy(entries::next)
          .isInstanceOf(NoSuchElementException.class)
          .hasMessage("file:%s holds no more images", tar);
    }
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, Images.png());
  }

  private Path tar(String name, String... entries) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    Stream.of(entries).forEach(e -> files.put(e, e.endsWith("/") ? new byte[0] : Images.png()));
    return Tars.write(folder.resolve(name), files);
  }

  static Path cifarTar(Path tar, byte[] firstBatch) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("cifar-10-batches-bin/batches.meta.txt", new byte[1]);
    files.put("cifar-10-batches-bin/data_batch_1.bin", firstBatch);
    files.put("cifar-10-batches-bin/data_batch_2.bin", CifarFiles.batch(2));
    files.put("cifar-10-batches-bin/readme.html", new byte[1]);
    files.put("cifar-10-batches-bin/test_batch.bin", CifarFiles.batch(8));
    return Tars.write(tar, files);
  }

  private static ImageSource labeled(Path path) {
    return ImageSource.labeled(path.toString(), HADOOP);
  }

  static List<ImageEntry> entries(ImageSource source) throws IOException {
    List<ImageEntry> all = new ArrayList<>();
    for (SourcePart part : source.parts()) {
      try (ImageEntries entries = part.open(HADOOP)) {
        entries.forEachRemaining(all::add);
      }
    }
    return all;
  }

  static List<String> classes(ImageSource source) throws IOException {
    return entries(source).stream().map(ImageSourceTest::idAndClass).toList();
  }

  private static String idAndClass(ImageEntry entry) {
    return entry.id() + "=" + entry.className().orElse("");
  }

  @Test
  void aTarOfClassTarsHasAPartAClass() throws IOException {
    Path first =
        Tars.write(
            folder.resolve("n01440764.tar"),
            Map.of("a_1.JPEG", Images.png(), "a_2.JPEG", Images.png()));
    Path second = Tars.write(folder.resolve("n01443537.tar"), Map.of("b_1.JPEG", Images.png()));
    Path outer =
        Tars.write(
            folder.resolve("ILSVRC2012_img_train.tar"),
            Map.of(
                "n01440764.tar", Files.readAllBytes(first),
                "n01443537.tar", Files.readAllBytes(second)));
    ImageSource source = ImageSource.labeled(outer.toString(), new Configuration());
    assertThat(source.parts()).hasSize(2);
    Map<String, String> classes = new TreeMap<>();
    for (SourcePart part : source.parts()) {
      try (ImageEntries entries = part.open(new Configuration())) {
        entries.forEachRemaining(
            entry -> {
              classes.put(entry.id(), entry.className().orElseThrow());
              assertThat(entry.location())
                  .isEqualTo(
                      "file:%s!/%s.tar!/%s"
                          .formatted(
                              outer,
                              entry.className().orElseThrow(),
                              entry.id().substring(entry.id().indexOf('/') + 1)));
            });
      }
    }
    assertThat(classes)
        .isEqualTo(
            Map.of(
                "n01440764/a_1.JPEG", "n01440764",
                "n01440764/a_2.JPEG", "n01440764",
                "n01443537/b_1.JPEG", "n01443537"));
  }

  @Test
  void aClassTarMayBeLargerThanAnImage() throws IOException {
    byte[] inner =
        Files.readAllBytes(Tars.write(folder.resolve("inner.tar"), Map.of("a.JPEG", Images.png())));
    TarArchiveEntry huge = new TarArchiveEntry("n1.tar");
    huge.setSize((256L << 20) + 512);
    Path outer = Tars.writeHeader(folder.resolve("outer.tar"), huge);
    // All that follows the inner tar is zeros, its end mark and the outer one's: a hole in the
    // file.
    try (RandomAccessFile file = new RandomAccessFile(outer.toFile(), "rw")) {
      file.seek(512);
      file.write(inner);
      file.setLength(512 + huge.getSize() + 1024);
    }

    assertThat(classes(labeled(outer))).containsExactly("n1/a.JPEG=n1");
  }

  @Test
  void aTarOfTarsThatIsCutShortIsRefused() throws IOException {
    Path inner = Tars.write(folder.resolve("n1.tar"), Map.of("a.JPEG", Images.png()));
    Path outer =
        Tars.write(folder.resolve("outer.tar"), Map.of("n1.tar", Files.readAllBytes(inner)));
    Path cut =
        Files.write(folder.resolve("cut.tar"), Arrays.copyOf(Files.readAllBytes(outer), 1024));
    assertThatThrownBy(() -> ImageSource.labeled(cut.toString(), new Configuration()))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("cut.tar cannot be read to its end");
  }
}
