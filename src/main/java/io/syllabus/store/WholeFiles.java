package io.syllabus.store;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * Files that readers see whole, the old one or the new one, wherever their writer dies. Safe for
 * many threads.
 */
public final class WholeFiles {
  private static final int BUFFER = 1 << 16;

  private WholeFiles() {}

  /**
   * A path's file system; of the local one the variant without checksum files, which would be a
   * second file to replace.
   */
  public static FileSystem system(Path path, Configuration hadoop) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    return files instanceof LocalFileSystem local ? local.getRaw() : files;
  }

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes it all; the stream is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a file, over what is there. */
  public static void write(String file, byte[] content, Configuration hadoop) throws IOException {
    write(file, out -> out.write(content), hadoop);
  }

  /** Writes a file, over what is there. */
  public static void write(String file, Content content, Configuration hadoop) throws IOException {
    Path target = new Path(file);
    FileSystem files = system(target, hadoop);
    if (isObjectStore(files)) {
      put(files, target, content);
      return;
    }
    Path draft = new Path(target.getParent(), "." + target.getName() + ".draft");
    try (OutputStream out = new BufferedOutputStream(files.create(draft, true), BUFFER)) {
      content.writeTo(out);
    }
    replace(files, draft, target);
  }

  // An object appears when its stream is closed, over what is there, and not before.
  private static void put(FileSystem files, Path target, Content content) throws IOException {
    FSDataOutputStream object = files.create(target, true);
    try {
      BufferedOutputStream out = new BufferedOutputStream(object, BUFFER);
      content.writeTo(out);
      out.flush();
    } catch (IOException | RuntimeException e) {
      object.abort();
      throw e;
    }
    object.close();
  }

  /** Whether moving is copying, and of many that create a file at once the last one wins. */
  static boolean isObjectStore(FileSystem files) {
    return files.getUri().getScheme().equals("s3a");
  }

  /**
   * Moves a finished draft to its place, over what is there: in one step where the file system has
   * one, as local disks and HDFS do.
   *
   * @param files from {@link #system}
   */
  public static void replace(FileSystem files, Path draft, Path target) throws IOException {
    if (files instanceof RawLocalFileSystem) {
      // What another program wrote here before may have left a checksum that is not the draft's.
      files.delete(new Path(target.getParent(), "." + target.getName() + ".crc"), false);
      rename(files, draft, target);
      return;
    }
    try {
      FileContext.getFileContext(files.getUri(), files.getConf())
          .rename(draft, target, Options.Rename.OVERWRITE);
    } catch (UnsupportedFileSystemException e) {
      files.delete(target, false);
      rename(files, draft, target);
    }
  }

  private static void rename(FileSystem files, Path draft, Path target) throws IOException {
    if (!files.rename(draft, target)) {
      throw new IOException("Cannot move " + draft + " to " + target);
    }
  }

  /**
   * Creates a small file that does not exist; of many that try at once, one does, but in an {@link
   * #isObjectStore object store}.
   *
   * @return whether this call did
   */
  static boolean create(Path file, byte[] content, Configuration hadoop) throws IOException {
    FileSystem files = system(file, hadoop);
    try {
      if (files instanceof RawLocalFileSystem local) {
        // Hadoop looks whether a local file exists and then creates it, in two steps, and does not
        // say
        // why it could not.
        java.nio.file.Path target = local.pathToFile(file).toPath();
        Files.createDirectories(target.getParent());
        Files.write(target, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      } else {
        files.mkdirs(file.getParent());
        try (OutputStream out = files.create(file, false)) {
          out.write(content);
        }
      }
      return true;
    } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Deletes a file or a folder with all that is in it; what is not there is deleted already. */
  public static void delete(String path, Configuration hadoop) throws IOException {
    Path doomed = new Path(path);
    FileSystem files = system(doomed, hadoop);
    if (!files.delete(doomed, true) && exists(doomed, hadoop)) {
      throw new IOException("Cannot delete " + path);
    }
  }

  /** Deletes what is in a folder, but for one file. */
  public static void clear(String folder, String kept, Configuration hadoop) throws IOException {
    for (FileStatus child : list(new Path(folder), hadoop)) {
      if (!child.getPath().getName().equals(kept)) {
        delete(child.getPath().toString(), hadoop);
      }
    }
  }

  /**
   * What lies directly in a folder; nothing where there is none.
   *
   * @throws AccessDeniedException where it may not be seen, which Hadoop tells as absence of a
   *     local one
   */
  public static List<FileStatus> list(Path folder, Configuration hadoop) throws IOException {
    FileSystem files = system(folder, hadoop);
    if (files instanceof RawLocalFileSystem local && !mayBeListed(local, folder)) {
      throw denied(folder, null);
    }
    try {
      return List.of(files.listStatus(folder));
    } catch (FileNotFoundException e) {
      requireAbsent(files, folder, e);
      return List.of();
    }
  }

  private static boolean mayBeListed(RawLocalFileSystem local, Path folder) {
    java.nio.file.Path place = local.pathToFile(folder).toPath();
    return !Files.isDirectory(place) || (Files.isReadable(place) && Files.isExecutable(place));
  }

  /**
   * Whether something is at a path.
   *
   * @throws AccessDeniedException where that may not be seen, which Hadoop tells as absence of what
   *     is local
   */
  public static boolean exists(Path path, Configuration hadoop) throws IOException {
    FileSystem files = system(path, hadoop);
    try {
      files.getFileStatus(path);
      return true;
    } catch (FileNotFoundException e) {
      requireAbsent(files, path, e);
      return false;
    }
  }

  // Java's older calls, which Hadoop makes, tell no permission as absence.
  private static void requireAbsent(FileSystem files, Path path, FileNotFoundException e)
      throws IOException {
    if (files instanceof RawLocalFileSystem local) {
      java.nio.file.Path place = local.pathToFile(path).toPath();
      try {
        Files.readAttributes(place, BasicFileAttributes.class);
      } catch (AccessDeniedException denied) {
        throw denied(path, denied);
      } catch (IOException absent) {
        return;
      }
      if (!Files.isReadable(place)) {
        throw denied(path, e);
      }
    }
  }

  private static IOException denied(Path path, IOException cause) {
    IOException denied = new AccessDeniedException(path.toString(), null, "Permission denied");
    return (IOException) denied.initCause(cause);
  }

  /**
   * Reads a small file; empty where there is none.
   *
   * @throws AccessDeniedException where it may not be read
   */
  public static Optional<String> find(String file, Configuration hadoop) throws IOException {
    try {
      return Optional.of(read(file, hadoop));
    } catch (FileNotFoundException e) {
      Path path = new Path(file);
      requireAbsent(system(path, hadoop), path, e);
      return Optional.empty();
    }
  }

  /** Reads a small file. */
  public static String read(String file, Configuration hadoop) throws IOException {
    Path path = new Path(file);
    try (FSDataInputStream in = system(path, hadoop).open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
