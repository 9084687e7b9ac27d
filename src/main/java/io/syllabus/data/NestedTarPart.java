package io.syllabus.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * One class of a tar of class tars, the layout of ILSVRC's training images: {@code n01440764.tar}
 * in it holds the images of the class n01440764. Each class tar is a part of its own, read from
 * where it lies.
 *
 * @param tar the outer tar, not compressed
 * @param name of the class tar
 * @param offset of its first byte in the outer tar
 * @param bytes it is long
 */
record NestedTarPart(Path tar, String name, long offset, long bytes) implements SourcePart {
  private static final String SUFFIX = ".tar";
  private static final int BLOCK = TarConstants.DEFAULT_RCDSIZE;

  /** Whether a tar with this file in it holds class tars that can be read from where they lie. */
  static boolean isIn(String file, Path tar) {
    return file.endsWith(SUFFIX) && !SourceFiles.isGzip(tar.getName());
  }

  /** The class tars of a tar: only their headers are read. */
  static List<SourcePart> parts(Path tar, Configuration hadoop) {
    List<SourcePart> parts = new ArrayList<>();
    try (FSDataInputStream in = SourceFiles.open(tar, hadoop)) {
      byte[] header = new byte[BLOCK];
      long at = 0;
      in.readFully(at, header);
      while (!isEnd(header)) {
        TarArchiveEntry entry = new TarArchiveEntry(header);
        String name = entry.getName().replaceFirst("^\\./", "");
        if (entry.isFile() && name.endsWith(SUFFIX) && !SourceFiles.isHidden(name)) {
          parts.add(new NestedTarPart(tar, name, at + BLOCK, entry.getSize()));
        }
        at += BLOCK + (entry.getSize() + BLOCK - 1) / BLOCK * BLOCK;
        in.readFully(at, header);
      }
      return parts;
    } catch (IOException | IllegalArgumentException e) {
      throw SourceFiles.unreadable(tar.toString(), new IOException(e.getMessage(), e));
    }
  }

  private static boolean isEnd(byte[] header) {
    for (byte value : header) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private String className() {
    return name.substring(name.lastIndexOf('/') + 1, name.length() - SUFFIX.length());
  }

  @Override
  public ImageEntries open(Configuration hadoop) throws IOException {
    return new TarEntries(
        location(),
        TarReader.open(this, hadoop),
        file -> className() + "/" + file,
        file -> className());
  }

  /** Where a person finds the class tar. */
  String location() {
    return tar + "!/" + name;
  }
}
