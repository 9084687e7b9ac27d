package io.syllabus.data;

import io.syllabus.Text;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Goes through the visible files of a tar, compressed or not, from front to end.
 *
 * <p>A name that leads out of the tar, a link, a device and a file over 256 MiB are refused with a
 * {@link BadDataException}; a tar that stops before its end mark fails with an {@link IOException}.
 */
final class TarReader implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final String path;
  private final InputStream unpacked;
  private final TarArchiveInputStream tar;

  private TarReader(String path, InputStream unpacked) {
    this.path = path;
    this.unpacked = unpacked;
    this.tar = new MarkedTar(unpacked);
  }

  static TarReader open(Path path, Configuration hadoop) throws IOException {
    InputStream raw = new BufferedInputStream(SourceFiles.open(path, hadoop), BUFFER_BYTES);
    if (!SourceFiles.isGzip(path.getName())) {
      return new TarReader(path.toString(), raw);
    }
    try {
      InputStream unpacked = new GzipCompressorInputStream(raw, true);
      return new TarReader(path.toString(), new BufferedInputStream(unpacked, BUFFER_BYTES));
    } catch (IOException e) {
      raw.close();
      throw SourceFiles.unreadable(path.toString(), e);
    }
  }

  /** A tar that lies in another. */
  static TarReader open(NestedTarPart part, Configuration hadoop) throws IOException {
    FSDataInputStream outer = SourceFiles.open(part.tar(), hadoop);
    try {
      outer.seek(part.offset());
    } catch (IOException e) {
      outer.close();
      throw e;
    }
    InputStream inner =
        BoundedInputStream.builder().setInputStream(outer).setMaxCount(part.bytes()).get();
    return new TarReader(part.location(), new BufferedInputStream(inner, BUFFER_BYTES));
  }

  /**
   * The first file of a tar that is neither text nor HTML: what it is tells what the tar holds.
   *
   * @throws BadDataException where the tar cannot be read
   */
  static Optional<String> firstData(Path path, Configuration hadoop) {
    try (TarReader reader = open(path, hadoop)) {
      Optional<String> file = reader.nextFile();
      while (file.isPresent() && (file.get().endsWith(".txt") || file.get().endsWith(".html"))) {
        file = reader.nextFile();
      }
      return file;
    } catch (IOException e) {
      throw SourceFiles.unreadable(path.toString(), e);
    }
  }

  /** The name of the next file, without {@code ./} in it; empty at the end of the tar. */
  Optional<String> nextFile() throws IOException {
    for (TarArchiveEntry entry = nextEntry(); entry != null; entry = nextEntry()) {
      List<String> names = names(entry);
      if (!entry.isDirectory() && names.stream().noneMatch(SourceFiles::isHidden)) {
        requirePlainFile(entry);
        return Optional.of(String.join("/", names));
      }
    }
    // A gzip's checksum is compared only when its end is read.
    unpacked.transferTo(OutputStream.nullOutputStream());
    return Optional.empty();
  }

  /**
   * The content of the file that {@link #nextFile} came to; the tar closes it.
   *
   * @throws BadDataException where it is larger than a file of images may be
   */
  InputStream content() {
    TarArchiveEntry entry = tar.getCurrentEntry();
    long bytes = Math.max(entry.getSize(), entry.getRealSize());
    if (bytes > SourceFiles.MAX_IMAGE_BYTES) {
      throw refused(
          entry, "claims " + bytes + " bytes, " + SourceFiles.MAX_IMAGE_BYTES + " are allowed");
    }
    return tar;
  }

  /** When the file that {@link #nextFile} came to was modified, in milliseconds since 1970. */
  long modifiedMillis() {
    return tar.getCurrentEntry().getLastModifiedTime().toMillis();
  }

  /** Where a person finds a file of the tar. */
  String location(String name) {
    return path + "!/" + name;
  }

  private TarArchiveEntry nextEntry() throws IOException {
    try {
      return tar.getNextTarEntry();
    } catch (IllegalArgumentException e) {
      // The library's parser lets some damaged headers through to its own checks.
      throw new IOException("damaged header: " + e.getMessage(), e);
    }
  }

  private List<String> names(TarArchiveEntry entry) {
    List<String> names = new ArrayList<>();
    for (String name : entry.getName().split("/", -1)) {
      if (name.equals("..")) {
        throw refused(entry, "leads out of the tar");
      }
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    if (entry.getName().startsWith("/")) {
      throw refused(entry, "has an absolute name");
    }
    if (names.isEmpty() && !entry.isDirectory()) {
      throw refused(entry, "has no name");
    }
    return names;
  }

  private void requirePlainFile(TarArchiveEntry entry) {
    if (entry.isSymbolicLink() || entry.isLink()) {
      throw refused(entry, "is a link to " + entry.getLinkName());
    }
    if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
      throw refused(entry, "is a device");
    }
  }

  private BadDataException refused(TarArchiveEntry entry, String reason) {
    return new BadDataException(
        Text.format(
            "%s: entry \"%s\" %s: pack the tar again without it", path, entry.getName(), reason));
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  /** A tar that must end with its end mark: the library takes any end between two files for it. */
  private static final class MarkedTar extends TarArchiveInputStream {
    MarkedTar(InputStream in) {
      super(in, "UTF-8");
    }

    @Override
    protected byte[] readRecord() throws IOException {
      byte[] record = super.readRecord();
      if (record == null && !isAtEOF()) {
        throw new EOFException("no end mark, it is cut short");
      }
      return record;
    }
  }
}
