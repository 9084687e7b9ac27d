package io.syllabus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syllabus.config.DataSettings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InventoryTest {
  private static final DataSettings WITH_POOL =
      settings(
          Optional.of("photos/new"),
          Optional.empty(),
          new DataSettings.Split(2, 1, 0, 0.2, List.of(), List.of(), false));

  @Test
  void takesDataWithEnoughOfEachClass() {
    assertThatCode(() -> catsAndDogs().check(WITH_POOL)).doesNotThrowAnyException();
  }

  @Test
  void refusesImagesOfAnotherSizeAndNamesTheFirstByLocation() {
    Inventory inventory = catsAndDogs();
    inventory.add(new Rejected(SourceRole.LABELED, "photos/b.png", "40×30", true));
    inventory.add(new Rejected(SourceRole.LABELED, "photos/a.png", "50×30", true));
    assertRefused(
        inventory,
        "2 images are not 32×32 pixels, such as photos/a.png (50×30): set data.resize to crop or"
            + " scale, or data.image-size to their size");
  }

  @Test
  void refusesMoreUnreadableImagesThanAllowedAndNamesTheFirstByLocation() {
    Inventory inventory = catsAndDogs();
    inventory.add(new Rejected(SourceRole.UNLABELED, "photos/z.png", "truncated", false));
    inventory.add(new Rejected(SourceRole.UNLABELED, "photos/y.png", "no image", false));
    assertThat(inventory.unreadable()).isEqualTo(2);
    assertRefused(
        inventory,
        "2 of 9 images could not be read, such as photos/y.png (no image); data.max-bad-fraction"
            + " allows 0.125 of them: mend or remove them, the store's quarantine table lists each");
  }

  @Test
  void allowsUnreadableImagesUpToTheFraction() {
    Inventory inventory = catsAndDogs();
    inventory.add(new Rejected(SourceRole.UNLABELED, "photos/z.png", "truncated", false));
    assertThatCode(() -> inventory.check(WITH_POOL)).doesNotThrowAnyException();
  }

  @Test
  void refusesDataWithoutLabels() {
    Inventory inventory = new Inventory();
    add(inventory, SourceRole.UNLABELED, "", 3);
    assertRefused(inventory, "No labels: photos/known holds no image in a class folder");
  }

  @Test
  void refusesASingleClass() {
    Inventory inventory = new Inventory();
    add(inventory, SourceRole.LABELED, "cat", 3);
    assertRefused(
        inventory, "photos/known holds one class only, cat: a classifier needs two or more");
  }

  @Test
  void refusesClassesThatAreTooSmallAndNamesThemAll() {
    Inventory inventory = catsAndDogs();
    add(inventory, SourceRole.LABELED, "bird", 1);
    add(inventory, SourceRole.LABELED, "fish", 2);
    assertRefused(
        inventory,
        "Class \"bird\" has 1, \"fish\" has 2 labeled images in photos/known, data.split asks for 3"
            + " of each class (labeled-per-class 2, validation-per-class 1, pool-per-class 0,"
            + " validation-fraction 0.2): lower it or add images");
  }

  @Test
  void refusesClassesToMeasureOnThatHaveNoLabels() {
    Inventory validation = catsAndDogs();
    add(validation, SourceRole.VALIDATION, "cow", 1);
    assertRefused(
        validation, "Class \"cow\" in data.validation is not among the labeled classes: cat, dog");
    Inventory test = catsAndDogs();
    add(test, SourceRole.TEST, "cow", 1);
    assertRefused(test, "Class \"cow\" in data.test is not among the labeled classes: cat, dog");
  }

  @Test
  void refusesAnEmptyPool() {
    Inventory inventory = new Inventory();
    add(inventory, SourceRole.LABELED, "cat", 3);
    add(inventory, SourceRole.LABELED, "dog", 3);
    assertRefused(inventory, "The pool is empty: data.unlabeled (photos/new) holds no image");
  }

  @Test
  void needsNoUnlabeledSourceWhereThePoolIsPartOfTheLabeledOne() {
    Inventory inventory = new Inventory();
    add(inventory, SourceRole.LABELED, "cat", 3);
    add(inventory, SourceRole.LABELED, "dog", 3);
    DataSettings split =
        settings(
            Optional.empty(),
            Optional.empty(),
            new DataSettings.Split(1, 1, 1, 0.2, List.of(), List.of(), false));
    assertThatCode(() -> inventory.check(split)).doesNotThrowAnyException();
  }

  @Test
  void countsByRoleAndSortsClasses() {
    Inventory inventory = catsAndDogs();
    assertThat(inventory.classes()).containsExactly("cat", "dog");
    assertThat(inventory.images(SourceRole.LABELED)).isEqualTo(6);
    assertThat(inventory.images(SourceRole.UNLABELED)).isEqualTo(1);
    assertThat(inventory.images(SourceRole.TEST)).isZero();
    assertThat(inventory.images()).isEqualTo(7);
  }

  @Test
  void mergedInventoriesCountAsOneInAnyOrder() {
    Rejected a = new Rejected(SourceRole.UNLABELED, "a.png", "empty", false);
    Rejected b = new Rejected(SourceRole.UNLABELED, "b.png", "truncated", false);
    String message = "2 of 16 images could not be read, such as a.png (empty)";
    DataSettings strict =
        settings(
            Optional.of("new"),
            Optional.empty(),
            new DataSettings.Split(2, 1, 0, 0.2, List.of(), List.of(), false),
            0);
    for (boolean aFirst : new boolean[] {true, false}) {
      Inventory one = catsAndDogs();
      one.add(aFirst ? a : b);
      Inventory other = catsAndDogs();
      other.add(aFirst ? b : a);
      Inventory both = one.merge(other);
      assertThat(both.images()).isEqualTo(14);
      assertThat(both.unreadable()).isEqualTo(2);
      assertThatThrownBy(() -> both.check(strict)).hasMessageStartingWith(message);
    }
  }

  private static void assertRefused(Inventory inventory, String message) {
    assertThatThrownBy(() -> inventory.check(WITH_POOL))
        .isInstanceOf(BadDataException.class)
        .hasMessage(message);
  }

  private static Inventory catsAndDogs() {
    Inventory inventory = new Inventory();
    add(inventory, SourceRole.LABELED, "dog", 3);
    add(inventory, SourceRole.LABELED, "cat", 3);
    add(inventory, SourceRole.UNLABELED, "", 1);
    return inventory;
  }

  private static void add(Inventory inventory, SourceRole role, String className, int images) {
    for (int i = 0; i < images; i++) {
      inventory.add(role, className);
    }
  }

  static DataSettings settings(
      Optional<String> unlabeled, Optional<String> validation, DataSettings.Split split) {
    return settings(unlabeled, validation, split, 0.125);
  }

  private static DataSettings settings(
      Optional<String> unlabeled,
      Optional<String> validation,
      DataSettings.Split split,
      double maxBadFraction) {
    return new DataSettings(
        Optional.empty(),
        Optional.of("photos/known"),
        unlabeled,
        validation,
        Optional.empty(),
        32,
        0,
        DataSettings.Resize.NONE,
        1_000_000,
        maxBadFraction,
        4,
        new DataSettings.Generate(0, 0),
        split);
  }
}
