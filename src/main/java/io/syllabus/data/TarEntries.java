package io.syllabus.data;

import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The files of a tar with their bytes. */
final class TarEntries extends LookAhead {
  private final TarReader tar;
  private final UnaryOperator<String> id;
  private final UnaryOperator<String> className;

  /**
   * @param source what is read, for messages
   * @param id of an image, by its name in the tar
   * @param className of an image, likewise; empty where it has none
   */
  TarEntries(
      String source, TarReader tar, UnaryOperator<String> id, UnaryOperator<String> className) {
    super(source);
    this.tar = tar;
    this.id = id;
    this.className = className;
  }

  @Override
  Optional<ImageEntry> advance() throws IOException {
    Optional<String> file = tar.nextFile();
    if (file.isEmpty()) {
      return Optional.empty();
    }
    String name = file.get();
    byte[] content = tar.content().readAllBytes();
    return Optional.of(
        ImageEntry.of(
            id.apply(name),
            className.apply(name),
            tar.location(name),
            tar.modifiedMillis(),
            content));
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
