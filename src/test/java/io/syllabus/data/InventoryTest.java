package io.syllabus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syllabus.config.DataSettings;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InventoryTest {
  private static final DataSettings.Split SPLIT = new DataSettings.Split(2, 1, 0, 0.2);

  @Test
  void acceptsEnoughImagesOfTwoClassesAndAPool() {
    assertThatCode(() -> enough().check(data(SPLIT))).doesNotThrowAnyException();
    assertThat(enough().classes()).containsExactly("cat", "truck");
    assertThat(enough().images()).isEqualTo(7);
  }

  @Test
  void refusesALabeledSourceWithoutLabels() {
    Inventory inventory = new Inventory();
    inventory.add(SourceRole.UNLABELED, "");
    assertRefused(inventory, "No labels: photos holds no image in a class folder");
  }

  @Test
  void refusesOneClass() {
    Inventory inventory = new Inventory();
    add(inventory, SourceRole.LABELED, "cat", 9);
    assertRefused(inventory, "photos holds one class only, cat: a classifier needs two or more");
  }

  @Test
  void namesEveryClassThatHasTooFew() {
    Inventory inventory = new Inventory();
    add(inventory, SourceRole.LABELED, "cat", 2);
    add(inventory, SourceRole.LABELED, "dog", 3);
    add(inventory, SourceRole.LABELED, "truck", 1);
    assertRefused(
        inventory,
        "Class \"cat\" has 2, \"truck\" has 1 labeled images in photos, data.split asks for 3 of"
            + " each class (labeled-per-class 2, validation-per-class 1, pool-per-class 0): lower"
            + " it or add images");
  }

  @Test
  void refusesAnEmptyPool() {
    Inventory inventory = new Inventory();
    add(inventory, SourceRole.LABELED, "cat", 3);
    add(inventory, SourceRole.LABELED, "truck", 3);
    assertRefused(inventory, "The pool is empty: data.unlabeled (pool) holds no image");
  }

  @Test
  void refusesAClassThatIsNotLabeled() {
    Inventory inventory = enough();
    inventory.add(SourceRole.TEST, "dog");
    assertRefused(
        inventory, "Class \"dog\" in data.test is not among the labeled classes: cat, truck");
  }

  @Test
  void refusesImagesOfAnotherSizeAndNamesOne() {
    Inventory inventory = enough();
    inventory.add(new Rejected(SourceRole.UNLABELED, "pool/b.png", "48×32 pixels", true));
    inventory.add(new Rejected(SourceRole.UNLABELED, "pool/a.png", "40×32 pixels", true));
    assertRefused(
        inventory,
        "2 images are not 32×32 pixels, such as pool/a.png (40×32 pixels): set data.resize to crop"
            + " or scale, or data.image-size to their size");
  }

  @Test
  void refusesMoreUnreadableImagesThanSettingsAllow() {
    Inventory inventory = enough();
    inventory.add(new Rejected(SourceRole.UNLABELED, "pool/a.png", "empty file", false));
    assertRefused(
        inventory,
        "1 of 8 images could not be read, such as pool/a.png (empty file); data.max-bad-fraction"
            + " allows 0.1 of them: mend or remove them, the store's quarantine table lists each");
  }

  @Test
  void addsUpWhatPartsFound() {
    Inventory sum = enough().merge(enough());
    assertThat(sum.images(SourceRole.LABELED)).isEqualTo(12);
    assertThat(sum.images(SourceRole.UNLABELED)).isEqualTo(2);
  }

  private static void assertRefused(Inventory inventory, String message) {
    assertThatThrownBy(() -> inventory.check(data(SPLIT)))
        .isInstanceOf(BadDataException.class)
        .hasMessage(message);
  }

  private static Inventory enough() {
    Inventory inventory = new Inventory();
    add(inventory, SourceRole.LABELED, "cat", 3);
    add(inventory, SourceRole.LABELED, "truck", 3);
    inventory.add(SourceRole.UNLABELED, "");
    return inventory;
  }

  private static void add(Inventory inventory, SourceRole role, String className, int count) {
    for (int i = 0; i < count; i++) {
      inventory.add(role, className);
    }
  }

  private static DataSettings data(DataSettings.Split split) {
    return new DataSettings(
        Optional.empty(),
        Optional.of("photos"),
        Optional.of("pool"),
        Optional.empty(),
        Optional.empty(),
        32,
        DataSettings.Resize.NONE,
        1_000_000,
        0.1,
        16,
        new DataSettings.Generate(0, 0),
        split);
  }
}
