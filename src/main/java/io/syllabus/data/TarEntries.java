package io.syllabus.data;

import java.io.IOException;
import java.util.Optional;

/** The files of a tar with their bytes. */
final class TarEntries extends LookAhead {
  private final boolean labeled;
  private final TarReader tar;

  TarEntries(TarPart part, TarReader tar) {
    super(part.tar().toString());
    this.labeled = part.labeled();
    this.tar = tar;
  }

  @Override
  Optional<ImageEntry> advance() throws IOException {
    Optional<String> file = tar.nextFile();
    if (file.isEmpty()) {
      return Optional.empty();
    }
    String name = file.get();
    String className = labeled ? parent(name) : "";
    byte[] content = tar.content().readAllBytes();
    return Optional.of(ImageEntry.of(name, className, tar.location(name), content));
  }

  /** The name of the folder that holds the file; empty at the root. */
  private static String parent(String name) {
    int end = Math.max(0, name.lastIndexOf('/'));
    return name.substring(name.lastIndexOf('/', end - 1) + 1, end);
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
