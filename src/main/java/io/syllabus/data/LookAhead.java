package io.syllabus.data;

import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.Optional;

/** An iterator that knows whether there is more only by reading on. */
abstract class LookAhead implements ImageEntries {
  private final String location;
  private Optional<ImageEntry> next = Optional.empty();
  private boolean looked;

  /**
   * @param location what is read, as messages name it
   */
  LookAhead(String location) {
    this.location = location;
  }

  /** The next image; empty at the end, after which it is not called again. */
  abstract Optional<ImageEntry> advance() throws IOException;

  @Override
  public final boolean hasNext() {
    if (!looked) {
      try {
        next = advance();
      } catch (IOException e) {
        throw SourceFiles.unreadable(location, e);
      }
      looked = true;
    }
    return next.isPresent();
  }

  @Override
  public final ImageEntry next() {
    if (!hasNext()) {
      throw new NoSuchElementException(location + " holds no more images");
    }
    looked = false;
    return next.orElseThrow();
  }
}
