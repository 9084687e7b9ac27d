package io.syllabus.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * A set of images in a folder, a tar or CIFAR-10's binary files, in parts that are read in
 * parallel.
 *
 * <p>An image's id is its path relative to the source's root, with {@code /} between the names: the
 * path below the folder, the name in the tar, or {@code data_batch_1.bin/00042}. Names that begin
 * with {@code .} or {@code _} are passed over; every other file is an entry, image or not.
 *
 * @param path the source, as the user named it
 * @param parts in an order that depends only on names; empty for an empty folder
 */
public record ImageSource(String path, List<SourcePart> parts) {
  private static final String LABELED =
      "a labeled source is a folder with one subfolder a class, a tar of such a folder (.tar,"
          + " .tar.gz, .tgz) or CIFAR-10 binary files (.bin)";
  private static final String UNLABELED =
      "an unlabeled source is a folder of images or a tar of images (.tar, .tar.gz, .tgz)";

  public ImageSource {
    parts = List.copyOf(parts);
  }

  /**
   * Images with their classes.
   *
   * <p>In a folder, the class is the first folder below the root, however deep the image lies below
   * it; a file directly in the root has no class name. In a tar, the class is the folder that holds
   * the image, since a tar may have folders above the class folders ({@code
   * train/airplane/0001.jpg}); a file in no folder has no class name. A tar of tars has a class a
   * tar, as ILSVRC's training images do: {@code n01440764.tar} in it. A folder, or a tar, of
   * CIFAR-10 binary files means its {@code data_batch_*.bin}; {@code test_batch.bin} is named by
   * itself.
   *
   * @throws BadDataException where the path is missing or is no labeled source
   */
  public static ImageSource labeled(String path, Configuration hadoop) {
    FileStatus found = SourceFiles.status(path, LABELED, hadoop);
    Path place = found.getPath();
    if (found.isDirectory()) {
      return labeledFolder(path, place, "", hadoop);
    }
    if (SourceFiles.isTar(place.getName())) {
      return labeledTar(path, place, hadoop);
    }
    if (place.getName().toLowerCase(Locale.ROOT).endsWith(".bin")) {
      return cifar(path, List.of(place), hadoop);
    }
    throw new BadDataException(path + " is neither a folder nor a tar nor a .bin file: " + LABELED);
  }

  private static ImageSource labeledTar(String path, Path tar, Configuration hadoop) {
    Optional<String> first = TarReader.firstData(tar, hadoop);
    if (first.filter(CifarTarPart::isIn).isPresent()) {
      return new ImageSource(path, List.of(new CifarTarPart(tar, Cifar.Batch.TRAIN)));
    }
    return first.filter(file -> NestedTarPart.isIn(file, tar)).isPresent()
        ? new ImageSource(path, NestedTarPart.parts(tar, hadoop))
        : new ImageSource(path, List.of(new TarPart(tar, true)));
  }

  /**
   * Images without classes, whatever folders they lie in.
   *
   * @throws BadDataException where the path is missing or is neither folder nor tar
   */
  public static ImageSource unlabeled(String path, Configuration hadoop) {
    FileStatus found = SourceFiles.status(path, UNLABELED, hadoop);
    Path place = found.getPath();
    if (found.isDirectory()) {
      return new ImageSource(path, folderParts(place, "", false, hadoop));
    }
    if (SourceFiles.isTar(place.getName())) {
      return new ImageSource(path, List.of(new TarPart(place, false)));
    }
    throw new BadDataException(path + " is neither a folder nor a tar: " + UNLABELED);
  }

  /** A folder of class folders, or of CIFAR-10 binary files. */
  static ImageSource labeledFolder(
      String path, Path folder, String idPrefix, Configuration hadoop) {
    List<SourcePart> parts = folderParts(folder, idPrefix, true, hadoop);
    if (parts.stream().anyMatch(part -> ((FolderPart) part).recursive())) {
      return new ImageSource(path, parts);
    }
    List<Path> batches = SourceFiles.files(folder, Cifar.Batch.TRAIN::has, hadoop);
    if (batches.isEmpty()) {
      throw new BadDataException(path + " has no class folders: " + LABELED);
    }
    return cifar(path, batches, hadoop);
  }

  static ImageSource cifar(String path, List<Path> batches, Configuration hadoop) {
    List<SourcePart> parts = new ArrayList<>();
    for (Path batch : batches) {
      parts.add(new CifarPart(batch, Cifar.classNames(batch, hadoop)));
    }
    return new ImageSource(path, parts);
  }

  /** One part for the files directly in the root, where there are any, and one a subfolder. */
  private static List<SourcePart> folderParts(
      Path root, String idPrefix, boolean labeled, Configuration hadoop) {
    List<Path> folders = new ArrayList<>();
    boolean hasFiles = false;
    try {
      RemoteIterator<FileStatus> listing = SourceFiles.listing(root, hadoop);
      while (listing.hasNext()) {
        FileStatus child = listing.next();
        if (SourceFiles.isHidden(child.getPath().getName())) {
          continue;
        }
        if (child.isDirectory()) {
          folders.add(child.getPath());
        } else {
          hasFiles = true;
        }
      }
    } catch (IOException e) {
      throw SourceFiles.unreadable(root.toString(), e);
    }
    folders.sort(Comparator.comparing(Path::getName));
    List<SourcePart> parts = new ArrayList<>();
    if (hasFiles) {
      parts.add(new FolderPart(root, idPrefix, "", false));
    }
    for (Path folder : folders) {
      String name = folder.getName();
      parts.add(new FolderPart(folder, idPrefix + name + "/", labeled ? name : "", true));
    }
    return parts;
  }
}
