package io.syllabus.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders of drawn digits for tests. */
public final class DigitFolders {
  private static final DigitImages DIGITS = new DigitImages(5, 8);

  private DigitFolders() {}

  /** Class folders, one for each of the first digits, with so many images each. */
  public static Path labeled(Path folder, int classes, int perClass) throws IOException {
    for (int digit = 0; digit < classes; digit++) {
      images(folder.resolve(DigitImages.CLASSES.get(digit)), digit, perClass);
    }
    return folder;
  }

  /** So many images of one digit, from {@code 0.png} on. */
  public static Path images(Path folder, int digit, int count) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      Files.write(folder.resolve(i + ".png"), Images.encoded(DIGITS.draw(digit, i), "png"));
    }
    return folder;
  }
}
