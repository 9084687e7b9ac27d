package io.syllabus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CrossChecksTest {
  private static final String NO_DATA =
      "there is no training data: set data.dataset, data.labeled or data.generate.train-per-class";
  private static final String NO_POOL =
      "the pool is empty: set data.unlabeled or data.split.pool-per-class";

  @Test
  void theDefaultsNeedTrainingDataAndAPool() {
    assertThat(problems(Map.of())).containsExactly(NO_DATA, NO_POOL);
  }

  @Test
  void trainingDataIsOfOneKind() {
    assertThat(problems(Map.of("data.labeled", "l", "data.dataset", "d", "data.unlabeled", "u")))
        .containsExactly(
            "data.dataset, data.labeled and data.generate.train-per-class exclude each other:"
                + " set one");
  }

  @Test
  void aDatasetAndGeneratedDigitsBringTheirOwnTestImages() {
    String message =
        "data.test must not be set with data.dataset or data.generate.train-per-class, which bring"
            + " their own test images";
    assertThat(problems(Map.of("data.dataset", "d", "data.unlabeled", "u", "data.test", "t")))
        .containsExactly(message);
    assertThat(
            problems(
                Map.of(
                    "data.generate.train-per-class", "9",
                    "data.unlabeled", "u",
                    "data.test", "t")))
        .containsExactly(message);
  }

  @Test
  void sharesHaveNoLimitOrOneFromOneOn() {
    for (String ratio : new String[] {"0", "1", "7.5"}) {
      assertThat(problems(Map.of("publish.max-share-ratio", ratio)))
          .containsExactly(NO_DATA, NO_POOL);
    }
    assertThat(problems(Map.of("publish.max-share-ratio", "0.5")))
        .contains("publish.max-share-ratio must be 0 or at least 1, found: 0.5");
  }

  @Test
  void thePoolIsOfOneKind() {
    assertThat(
            problems(
                Map.of(
                    "data.labeled", "l",
                    "data.unlabeled", "u",
                    "data.split.labeled-per-class", "1",
                    "data.split.pool-per-class", "1")))
        .containsExactly(
            "data.unlabeled and data.split.pool-per-class exclude each other: set one");
  }

  @Test
  void aHiddenPoolNeedsANumberOfLabels() {
    assertThat(problems(Map.of("data.labeled", "l", "data.split.pool-per-class", "1")))
        .containsExactly(
            "data.split.pool-per-class needs data.split.labeled-per-class above 0, which otherwise"
                + " takes all images");
  }

  @Test
  void validationIsOfOneKind() {
    assertThat(
            problems(
                Map.of(
                    "data.labeled", "l",
                    "data.unlabeled", "u",
                    "data.validation", "v",
                    "data.split.validation-per-class", "1")))
        .containsExactly(
            "data.validation and data.split.validation-per-class exclude each other: set one");
  }

  @Test
  void generatedTestImagesNeedTrainingImages() {
    assertThat(
            problems(
                Map.of(
                    "data.labeled", "l",
                    "data.unlabeled", "u",
                    "data.generate.test-per-class", "1")))
        .containsExactly(
            "data.generate.test-per-class needs data.generate.train-per-class above 0");
  }

  @Test
  void generatedImagesCoverTheSplit() {
    assertThat(problems(generated("9", "4", "3", "3")))
        .containsExactly(
            "data.generate.train-per-class must be at least data.split.labeled-per-class,"
                + " validation-per-class and pool-per-class together (10), found: 9");
    assertThat(read(generated("10", "4", "3", "3")).data().generate().trainPerClass())
        .isEqualTo(10);
  }

  @Test
  void workersNeedAShardAndTwoImagesEach() {
    Map<String, String> workers =
        Map.of("data.labeled", "l", "data.unlabeled", "u", "training.workers", "33");
    assertThat(problems(workers))
        .containsExactly(
            "data.shards must be at least training.workers (33), found: 16",
            "training.batch-size must give each of training.workers at least 2 images (66), found:"
                + " 64");
  }

  @Test
  void classesAreChosenOnlyForAHiddenPool() {
    assertThat(
            problems(
                Map.of(
                    "data.labeled", "l",
                    "data.unlabeled", "u",
                    "data.split.labeled-classes", "cat",
                    "data.split.unlabeled-classes", "dog")))
        .containsExactly(
            "data.split.unlabeled-classes needs data.split.pool-per-class above 0",
            "data.split.labeled-classes must name two classes or more");
  }

  @Test
  void storedImagesAreNoSmallerThanTheNetworkTakesThem() {
    assertThat(problems(plain("data.stored-size", "31")))
        .containsExactly("data.stored-size must be 0 or at least data.image-size (32), found: 31");
    assertThat(read(plain("data.stored-size", "32")).data().storedSize()).isEqualTo(32);
  }

  @Test
  void whatHappensAtAnEpochHappensWithinTheTraining() {
    assertThat(
            problems(
                plain(
                    "training.warm-up-epochs", "30",
                    "training.weight-averaging.start-epoch", "31",
                    "training.decay-epochs", "29")))
        .containsExactly(
            "training.warm-up-epochs must be below training.epochs (30), found: 30",
            "training.weight-averaging.start-epoch must be at most training.epochs (30), found: 31",
            "training.decay-epochs must be 0 or at least training.epochs (30), found: 29");
    TrainingSettings ends =
        read(plain(
                "training.warm-up-epochs", "29",
                "training.weight-averaging.start-epoch", "30",
                "training.decay-epochs", "30"))
            .training();
    assertThat(ends.warmUpEpochs()).isEqualTo(29);
    assertThat(ends.weightAveraging().startEpoch()).isEqualTo(30);
    assertThat(ends.epochsToZero()).isEqualTo(30);
  }

  @Test
  void aMinibatchHasRoomForAPseudoLabel() {
    assertThat(problems(plain("training.labeled-per-minibatch", "64")))
        .containsExactly(
            "training.labeled-per-minibatch must be below training.batch-size (64), found: 64");
  }

  @Test
  void aKeyThatIsAlreadyWrongBreaksNoOtherRule() {
    assertThat(problems(Map.of("data.generate.train-per-class", "many", "data.unlabeled", "u")))
        .containsExactly(
            "data.generate.train-per-class must be a whole number, found: \"many\" (--set)");
    assertThat(problems(Map.of("data.labeled", "l", "data.unlabled", "u")))
        .containsExactly("Unknown key data.unlabled in --set: did you mean data.unlabeled?");
  }

  /** Labeled images and a pool, and these settings by key and value. */
  private static Map<String, String> plain(String... keysAndValues) {
    Map<String, String> settings =
        new HashMap<>(Map.of("data.labeled", "l", "data.unlabeled", "u"));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      settings.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return settings;
  }

  private static Map<String, String> generated(
      String train, String labeled, String validation, String pool) {
    return Map.of(
        "data.generate.train-per-class", train,
        "data.split.labeled-per-class", labeled,
        "data.split.validation-per-class", validation,
        "data.split.pool-per-class", pool);
  }

  private static Settings read(Map<String, String> overrides) {
    return SettingsReader.read(Optional.empty(), overrides, Map.of());
  }

  private static List<String> problems(Map<String, String> overrides) {
    return catchThrowableOfType(SettingsException.class, () -> read(overrides)).problems();
  }
}
