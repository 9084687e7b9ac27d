package io.syllabus.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes tars for tests. */
public final class Tars {
  private Tars() {}

  /** A tar of files, gzipped where its name says so; a name that ends with / is a folder. */
  public static Path write(Path tar, Map<String, byte[]> files) throws IOException {
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(output(tar), "UTF-8")) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
        entry.setSize(file.getValue().length);
        out.putArchiveEntry(entry);
        out.write(file.getValue());
        out.closeArchiveEntry();
      }
    }
    return tar;
  }

  /** A tar with one entry's header and nothing after it. */
  static Path writeHeader(Path tar, TarArchiveEntry entry) throws IOException {
    byte[] header = new byte[512];
    entry.writeEntryHeader(header);
    return Files.write(tar, header);
  }

  private static OutputStream output(Path tar) throws IOException {
    OutputStream out = Files.newOutputStream(tar);
    return tar.toString().endsWith("gz") ? new GZIPOutputStream(out) : out;
  }
}
