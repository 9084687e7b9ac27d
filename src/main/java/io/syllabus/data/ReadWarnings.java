package io.syllabus.data;

import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Hears what a reader only warns of: Java's JPEG reader fills what is missing with grey, its GIF
 * reader draws what damaged codes say.
 *
 * <p>Other warnings are harmless, such as an unknown JFIF revision, an odd colour profile, or
 * "extraneous bytes before marker", which some cameras write.
 */
final class ReadWarnings implements IIOReadWarningListener {
  private final boolean cut;
  private boolean truncated;
  private Optional<String> damage = Optional.empty();

  /**
   * Hears of one image.
   *
   * @param cut whether the file is known to have lost its end: what is damaged then is missing
   */
  ReadWarnings(boolean cut) {
    this.cut = cut;
  }

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    if (warning.startsWith("Truncated File")) {
      truncated = true;
    } else if (warning.startsWith("Out-of-sequence code")
        || (warning.startsWith("Corrupt JPEG data") && !warning.contains("extraneous bytes"))) {
      damage = Optional.of(warning);
    }
  }

  /** Whether the image ends before its end mark, or before its last pixel. */
  boolean truncated() {
    return truncated || (cut && damage.isPresent());
  }

  /** The last warning of pixels that are wrong. */
  Optional<String> damage() {
    return damage;
  }
}
