package io.syllabus.data;

import io.syllabus.Text;
import io.syllabus.store.WholeFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** What sources ask of the file system, with failures as sentences for the user. */
final class SourceFiles {
  /** No image is larger; what is would fill the memory of the task that reads it. */
  static final int MAX_IMAGE_BYTES = 256 << 20;

  private SourceFiles() {}

  /**
   * What is at the path.
   *
   * @param expected ends the message where nothing is: what should have been there
   */
  static FileStatus status(String path, String expected, Configuration hadoop) {
    try {
      Path place = new Path(path);
      return place.getFileSystem(hadoop).getFileStatus(place);
    } catch (FileNotFoundException e) {
      throw new BadDataException(path + absence(path, expected, hadoop), e);
    } catch (IllegalArgumentException e) {
      throw new BadDataException("\"" + path + "\" is not a path: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new BadDataException(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static String absence(String path, String expected, Configuration hadoop) {
    try {
      WholeFiles.exists(new Path(path), hadoop);
      return " does not exist: " + expected;
    } catch (IOException denied) {
      return " cannot be read: " + denied.getMessage();
    }
  }

  /** A file's content, from its start. */
  static FSDataInputStream open(Path file, Configuration hadoop) throws IOException {
    FileSystem files = file.getFileSystem(hadoop);
    // Hadoop looks for a .crc file beside every local one: that is slow, and fails on a name with
    // a colon.
    FileSystem plain =
        files instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : files;
    return plain.open(file);
  }

  /**
   * What lies directly in a folder, hidden files too, in an order of the file system's. Read as it
   * is asked for; who leaves it before its end closes it where it is {@link java.io.Closeable}.
   */
  static RemoteIterator<FileStatus> listing(Path folder, Configuration hadoop) throws IOException {
    FileSystem files = folder.getFileSystem(hadoop);
    Path place = files.makeQualified(folder);
    return files instanceof LocalFileSystem
        ? new LocalListing(place)
        : files.listStatusIterator(place);
  }

  /** The files directly in a folder whose names fit, by name. */
  static List<Path> files(Path folder, Predicate<String> name, Configuration hadoop) {
    List<Path> files = new ArrayList<>();
    try {
      RemoteIterator<FileStatus> listing = listing(folder, hadoop);
      while (listing.hasNext()) {
        FileStatus found = listing.next();
        String fileName = found.getPath().getName();
        if (found.isFile() && !isHidden(fileName) && name.test(fileName)) {
          files.add(found.getPath());
        }
      }
    } catch (IOException e) {
      throw unreadable(folder.toString(), e);
    }
    files.sort(Comparator.comparing(Path::getName));
    return files;
  }

  /** Whether a file or folder of this name is passed over; {@code __MACOSX} is one of them. */
  static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }

  static boolean isTar(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".tar") || isGzip(lower);
  }

  static boolean isGzip(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".tar.gz") || lower.endsWith(".tgz");
  }

  static BadDataException unreadable(String location, IOException cause) {
    return new BadDataException(
        Text.format("%s cannot be read to its end: %s", location, cause.getMessage()), cause);
  }
}
