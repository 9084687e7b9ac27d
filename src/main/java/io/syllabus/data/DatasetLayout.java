package io.syllabus.data;

import io.syllabus.Text;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Finds the training and the test set in a folder.
 *
 * <p>In this order: the folder {@code train}, with class folders; a tar with {@code train} in its
 * name; CIFAR-10's binary files, in the folder, in {@code cifar-10-batches-bin} below it, or in a
 * tar. The test set is the folder {@code test}, a tar with {@code test} in its name, or CIFAR-10's
 * {@code test_batch.bin}. Images of the folders have ids that begin with {@code train/} and {@code
 * test/}; those of tars have their names in the tar.
 */
public final class DatasetLayout {
  private static final String LOOKED_FOR =
      "folders train and test with one subfolder a class, *train*.tar and *test*.tar (or .tar.gz,"
          + " .tgz), data_batch_*.bin and test_batch.bin (also in cifar-10-batches-bin, or in a"
          + " tar)";

  private final String given;
  private final Path folder;
  private final Configuration hadoop;
  private final List<Path> tars;

  private DatasetLayout(String given, Path folder, Configuration hadoop) {
    this.given = given;
    this.folder = folder;
    this.hadoop = hadoop;
    this.tars = SourceFiles.files(folder, SourceFiles::isTar, hadoop);
  }

  /**
   * The data set in a folder.
   *
   * @throws BadDataException where the folder is missing or holds none of what is looked for
   */
  public static Dataset find(String folder, Configuration hadoop) {
    FileStatus found =
        SourceFiles.status(folder, "a data set is a folder that holds " + LOOKED_FOR, hadoop);
    if (!found.isDirectory()) {
      throw new BadDataException(
          folder + " is not a folder: a data set is a folder that holds " + LOOKED_FOR);
    }
    return new DatasetLayout(folder, found.getPath(), hadoop).dataset();
  }

  private Dataset dataset() {
    Optional<ImageSource> train =
        classFolders("train").or(() -> tar("*train*", DatasetLayout::isTrain));
    if (train.isPresent()) {
      return new Dataset(
          train.get(), classFolders("test").or(() -> tar("*test*", DatasetLayout::isTest)));
    }
    return binaries(folder)
        .or(() -> binaries(new Path(folder, "cifar-10-batches-bin")))
        .or(this::binaryTar)
        .orElseThrow(
            () ->
                new BadDataException(
                    "found no training images in " + given + ", looked for " + LOOKED_FOR));
  }

  private Optional<ImageSource> classFolders(String name) {
    Path place = new Path(folder, name);
    return isFolder(place)
        ? Optional.of(ImageSource.labeledFolder(place.toString(), place, name + "/", hadoop))
        : Optional.empty();
  }

  private Optional<ImageSource> tar(String shown, Predicate<String> name) {
    List<Path> fitting =
        tars.stream().filter(tar -> name.test(tar.getName().toLowerCase(Locale.ROOT))).toList();
    if (fitting.size() > 1) {
      String names = fitting.stream().map(Path::getName).collect(Collectors.joining(", "));
      throw new BadDataException(
          Text.format("%s holds several tars named %s: keep one of %s", given, shown, names));
    }
    return fitting.stream().findFirst().map(tar -> ImageSource.labeled(tar.toString(), hadoop));
  }

  private static boolean isTrain(String name) {
    return name.contains("train");
  }

  /** "latest-train.tar" is no test set. */
  private static boolean isTest(String name) {
    return name.contains("test") && !isTrain(name);
  }

  private Optional<Dataset> binaries(Path place) {
    if (!isFolder(place)) {
      return Optional.empty();
    }
    List<Path> train = SourceFiles.files(place, Cifar.Batch.TRAIN::has, hadoop);
    List<Path> test = SourceFiles.files(place, Cifar.Batch.TEST::has, hadoop);
    if (train.isEmpty()) {
      return Optional.empty();
    }
    ImageSource trainSource = ImageSource.cifar(place.toString(), train, hadoop);
    return Optional.of(
        new Dataset(
            trainSource,
            test.isEmpty()
                ? Optional.empty()
                : Optional.of(ImageSource.cifar(test.get(0).toString(), test, hadoop))));
  }

  private Optional<Dataset> binaryTar() {
    return tars.stream()
        .filter(tar -> TarReader.firstData(tar, hadoop).filter(CifarTarPart::isIn).isPresent())
        .findFirst()
        .map(
            tar ->
                new Dataset(
                    cifarTar(tar, Cifar.Batch.TRAIN),
                    Optional.of(cifarTar(tar, Cifar.Batch.TEST))));
  }

  private static ImageSource cifarTar(Path tar, Cifar.Batch batch) {
    return new ImageSource(tar.toString(), List.of(new CifarTarPart(tar, batch)));
  }

  private boolean isFolder(Path place) {
    try {
      FileSystem files = place.getFileSystem(hadoop);
      return files.exists(place) && files.getFileStatus(place).isDirectory();
    } catch (IOException e) {
      throw SourceFiles.unreadable(place.toString(), e);
    }
  }
}
