package io.syllabus.data;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * What lies directly in a local folder, read as it is asked for. Hadoop's own listing of a local
 * folder holds all of it, half a gigabyte for a million files. Closed once it came to its end.
 */
final class LocalListing implements RemoteIterator<FileStatus>, Closeable {
  private final org.apache.hadoop.fs.Path folder;
  private final DirectoryStream<Path> stream;
  private final Iterator<Path> children;
  private Optional<FileStatus> next = Optional.empty();

  @SuppressWarnings("StreamResourceLeak") // close() closes it.
  LocalListing(org.apache.hadoop.fs.Path folder) throws IOException {
    this.folder = folder;
    try {
      this.stream = Files.newDirectoryStream(Path.of(folder.toUri().getPath()));
    } catch (NoSuchFileException e) {
      throw (IOException) new FileNotFoundException(folder + " does not exist").initCause(e);
    }
    this.children = stream.iterator();
  }

  @Override
  public boolean hasNext() throws IOException {
    try {
      while (next.isEmpty() && children.hasNext()) {
        next = status(children.next());
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    if (next.isEmpty()) {
      close();
    }
    return next.isPresent();
  }

  @Override
  public FileStatus next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException(folder + " holds no more files");
    }
    FileStatus found = next.orElseThrow();
    next = Optional.empty();
    return found;
  }

  // Empty where the file is gone by now, and for a link to nothing.
  private Optional<FileStatus> status(Path child) throws IOException {
    try {
      BasicFileAttributes found = Files.readAttributes(child, BasicFileAttributes.class);
      // A name may hold a colon: in a path of its own it is no scheme's.
      org.apache.hadoop.fs.Path name =
          new org.apache.hadoop.fs.Path(null, null, child.getFileName().toString());
      return Optional.of(
          new FileStatus(
              found.size(),
              found.isDirectory(),
              1,
              0,
              found.lastModifiedTime().toMillis(),
              new org.apache.hadoop.fs.Path(folder, name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
