package io.syllabus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
  /** The least that makes the settings whole. */
  private static final Map<String, String> SOURCES =
      Map.of("data.labeled", "l", "data.unlabeled", "u");

  @TempDir Path folder;

  @Test
  void overridesGoOverTheFileAndTheFileOverTheDefaults() throws IOException {
    Path file = file("training { epochs = 7, batch-size = 32 }");
    Settings settings = read(file, Map.of("training.epochs", "9"));
    assertThat(settings.training().epochs()).isEqualTo(9);
    assertThat(settings.training().batchSize()).isEqualTo(32);
    assertThat(settings.training().momentum()).isEqualTo(0.9);
  }

  @Test
  void takesOverridesAsTheyAre() {
    Settings settings =
        read(
            Map.of(
                "data.unlabeled", "s3a://bucket/a#b//c",
                "store", "hdfs://node:8020/x",
                "spark.master", "local[2]",
                "training.learning-rate", "5e-2"));
    assertThat(settings.data().unlabeled()).contains("s3a://bucket/a#b//c");
    assertThat(settings.store()).isEqualTo("hdfs://node:8020/x");
    assertThat(settings.spark()).containsEntry("spark.master", "local[2]");
    assertThat(settings.training().learningRate()).isEqualTo(0.05);
  }

  @Test
  void tellsEveryProblemAtOnce() throws IOException {
    Path file =
        file(
            """
            training.learning-rte = 0.1
            training.epochs = many
            network.architecture = resnet
            data.validation = v
            data.split.validation-per-class = 5
            """);
    assertThat(problems(file, Map.of("curriculum.step-percent", "0", "sed", "1")))
        .containsExactlyInAnyOrder(
            "Unknown key training.learning-rte in "
                + file
                + ", line 1: did you mean training.learning-rate?",
            "Unknown key sed in --set: did you mean seed?",
            "training.epochs must be a whole number, found: \"many\" (" + file + ", line 2)",
            "network.architecture must be one of small-cnn, cnn-13, wide-resnet-28-2, resnet-18, resnet-50,"
                + (" found: resnet (" + file + ", line 3)"),
            "curriculum.step-percent must be in [1, 100], found: 0 (--set)",
            "data.validation and data.split.validation-per-class exclude each other: set one");
  }

  @Test
  void readsDurationsInAnyUnit() {
    assertThat(read(with("cluster.patience", "2h")).cluster().patience())
        .isEqualTo(Duration.ofHours(2));
    assertThat(read(with("cluster.patience", "90 seconds")).cluster().patience())
        .isEqualTo(Duration.ofSeconds(90));
    String rule = "cluster.patience must be a duration such as 90s or 10 minutes, from 1 second to";
    for (String wrong : List.of("600", "soon", "0s", "-1m", "366d", "99999999999999999999d", "")) {
      SettingsException e = refusal(Optional.empty(), with("cluster.patience", wrong), Map.of());
      assertThat(e).hasMessage(rule + " 365 days, found: " + wrong + " (--set)");
    }
  }

  @Test
  void aJobWithoutSettingsHasThoseOfItsCluster() {
    assertThat(SettingsReader.cluster(Map.of()))
        .isEqualTo(new ClusterSettings(Duration.ofMinutes(10)));
    assertThat(SettingsReader.cluster(Map.of("cluster.patience", "5s", "spark.x", "y")))
        .isEqualTo(new ClusterSettings(Duration.ofSeconds(5)));
    assertThatThrownBy(() -> SettingsReader.cluster(Map.of("cluster.patience", "soon")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("found: soon (--set)");
  }

  @Test
  void theMessageHoldsEveryProblemOnALineOfItsOwn() {
    SettingsException e = refusal(Optional.empty(), with("seed", "x", "store", " "), Map.of());
    assertThat(e)
        .hasMessage("seed must be a whole number, found: \"x\" (--set)\nstore must not be empty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seed | 1.5 | seed must be a whole number, found: \"1.5\"",
        "seed | 9223372036854775808 | seed must be a whole number",
        "training.epochs | 1e99999999 | training.epochs must be a whole number",
        "training.epochs | 4294967297 | training.epochs must be in [1, 100000], found: 4294967297",
        "training.l2 | NaN | training.l2 must be a number, found: \"NaN\"",
        "training.l2 | true | training.l2 must be a number, found: \"true\"",
        "training.l2 | -0.1 | training.l2 must be in [0, 1], found: -0.1",
        "training.learning-rate | 0 | training.learning-rate must be in (0, 10], found: 0",
        "training.momentum | 1 | training.momentum must be in [0, 1), found: 1",
        "training.workers | 4097 | training.workers must be in [0, 4096], found: 4097",
        "training.batch-size | 1 | training.batch-size must be in [2, 65536], found: 1",
        "data.max-pixels | 0 | data.max-pixels must be at least 1, found: 0",
        "data.max-bad-fraction | 1.01 | data.max-bad-fraction must be in [0, 1], found: 1.01",
        "data.image-size | 7 | data.image-size must be in [8, 1024], found: 7",
        "data.shards | 65537 | data.shards must be in [1, 65536], found: 65537",
        "data.resize | Crop | data.resize must be one of crop, scale, none, found: Crop",
        "data.split.validation-fraction | 0 | must be in (0, 0.9], found: 0",
        "data.split.labeled-per-class | -1 | must be in [0, 1000000000], found: -1",
        "scoring.batch-size | 65537 | scoring.batch-size must be in [1, 65536], found: 65537",
        "curriculum.step-percent | 101 | curriculum.step-percent must be in [1, 100], found: 101",
        "curriculum.step-percent | 12.5 | curriculum.step-percent must be a whole number",
      })
  void refusesWrongTypesAndRanges(String key, String value, String message) {
    assertThat(problems(with(key, value)))
        .singleElement()
        .asString()
        .contains(message)
        .endsWith("(--set)");
  }

  @Test
  void takesTheEndsThatAnIntervalAllows() {
    Settings settings =
        read(
            Map.of(
                "seed", Long.toString(Long.MIN_VALUE),
                "data.max-pixels", Long.toString(Long.MAX_VALUE),
                "training.learning-rate", "10",
                "training.momentum", "0",
                "curriculum.step-percent", "1e2"));
    assertThat(settings.seed()).isEqualTo(Long.MIN_VALUE);
    assertThat(settings.data().maxPixels()).isEqualTo(Long.MAX_VALUE);
    assertThat(settings.training().learningRate()).isEqualTo(10);
    assertThat(settings.training().momentum()).isZero();
    assertThat(settings.curriculum().stepPercent()).isEqualTo(100);
  }

  @Test
  void refusesListsObjectsAndNull() throws IOException {
    Path file =
        file(
            "training { epochs = [1], l2 = { a = 1 }, momentum = null }, data.test = [x], store = {}");
    assertThat(problems(file, Map.of()))
        .satisfiesExactlyInAnyOrder(
            p -> assertThat(p).startsWith("training.epochs must be a whole number, found: [1] ("),
            p -> assertThat(p).startsWith("training.l2 must be a number, found: {\"a\":1} ("),
            p -> assertThat(p).startsWith("training.momentum must be a number, found: null ("),
            p -> assertThat(p).startsWith("data.test must be a text, found: [\"x\"] ("),
            p -> assertThat(p).startsWith("store must be a text, found: {} ("));
  }

  @Test
  void aBlankTextIsASettingLeftOut() {
    Settings settings = read(Map.of("data.test", " ", "data.validation", ""));
    assertThat(settings.data().test()).isEmpty();
    assertThat(settings.data().validation()).isEmpty();
  }

  @Test
  void handsSparkItsSettingsAsTheyAre() throws IOException {
    Path file =
        file(
            """
            spark {
              master = "local[4]"
              executor.instances = 3
              "speculation" = true
              "speculation.multiplier" = 2
              locality.wait = 1s
            }
            """);
    assertThat(
            read(file, Map.of("spark.locality.wait", "2s", "spark.locality.wait.node", "3s"))
                .spark())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "spark.master", "local[4]",
                "spark.executor.instances", "3",
                "spark.speculation", "true",
                "spark.speculation.multiplier", "2",
                "spark.locality.wait", "2s",
                "spark.locality.wait.node", "3s"));
  }

  @Test
  void doesNotRepeatAWrongSparkValue() throws IOException {
    Path file = file("spark.hadoop.fs.s3a.secret.key = [hush]");
    assertThat(problems(file, Map.of()))
        .containsExactly(
            "spark.hadoop.fs.s3a.secret.key must be a text, found: a LIST (" + file + ", line 1)");
  }

  @Test
  void saysWhichEnvironmentVariableIsMissingBesideTheOtherProblems() throws IOException {
    Path file = Files.writeString(folder.resolve("a.conf"), "data.dataset = ${CIFAR10}\nseed = x");
    Map<String, String> pool = Map.of("data.unlabeled", "u");
    assertThat(refusal(Optional.of(file), pool, Map.of()).problems())
        .containsExactly(
            "Environment variable CIFAR10 is not set: " + file + " needs it for data.dataset",
            "seed must be a whole number, found: \"x\" (" + file + ", line 2)");
  }

  @Test
  void followsReferencesToTheMissingVariable() throws IOException {
    Path file = file("seed = ${SEED}, training.epochs = ${seed}, data.test = ${T}x");
    assertThat(problems(file, Map.of()))
        .containsExactly(
            "Environment variable T is not set: " + file + " needs it for data.test",
            "Environment variable SEED is not set: " + file + " needs it for seed",
            "Environment variable SEED is not set: " + file + " needs it for training.epochs");
  }

  @Test
  void readsEnvironmentVariables() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.conf"), "data.dataset = ${DATA}\"/cifar\", store = ${?NONE}");
    Settings settings =
        SettingsReader.read(
            Optional.of(file), Map.of("data.unlabeled", "u"), Map.of("DATA", "/data"));
    assertThat(settings.data().dataset()).contains("/data/cifar");
    assertThat(settings.store()).isEqualTo("store");
  }

  @Test
  void anOverrideMakesTheEnvironmentVariableUnnecessary() throws IOException {
    Path file = Files.writeString(folder.resolve("a.conf"), "data.dataset = ${CIFAR10}");
    Map<String, String> overrides = Map.of("data.dataset", "d", "data.unlabeled", "u");
    assertThat(SettingsReader.read(Optional.of(file), overrides, Map.of()).data().dataset())
        .contains("d");
  }

  @Test
  void aSubstitutionSeesOverridesAndDefaults() throws IOException {
    Path file = file("scoring.batch-size = ${training.batch-size}, training.epochs = ${seed}");
    Settings settings = read(file, Map.of("training.batch-size", "96"));
    assertThat(settings.scoring().batchSize()).isEqualTo(96);
    assertThat(settings.training().epochs()).isEqualTo(821);
  }

  @Test
  void refusesAMissingFileAndAFolder() {
    assertThat(refusal(Optional.of(Path.of("conf/none.conf")), Map.of(), Map.of()))
        .hasMessage("No settings file at conf/none.conf");
    assertThat(refusal(Optional.of(Path.of("conf")), Map.of(), Map.of()))
        .hasMessage("No settings file at conf");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seed : : 2 | 1 | Expecting a value but got wrong token: ':'",
        "spark.master = local[2] | 1 | Cannot concatenate object or list",
        "seed = ${seed | 1 | ",
        "store = ${store} | 1 | cycle of substitutions",
      })
  void namesTheLineOfASyntaxError(String text, int line, String message) throws IOException {
    Path file = file(text);
    assertThat(problems(file, Map.of()))
        .singleElement()
        .asString()
        .startsWith("Cannot read " + file + ", line " + line + ": ")
        .contains(message == null ? "" : message);
  }

  /** A file with the text, and after it the sources. */
  private Path file(String text) throws IOException {
    String sources = "\ndata.labeled = l\ndata.unlabeled = u\n";
    return Files.writeString(folder.resolve("x.conf"), text + sources);
  }

  private static Settings read(Map<String, String> overrides) {
    Map<String, String> all = new HashMap<>(SOURCES);
    all.putAll(overrides);
    return SettingsReader.read(Optional.empty(), all, Map.of());
  }

  private static Settings read(Path file, Map<String, String> overrides) {
    return SettingsReader.read(Optional.of(file), overrides, Map.of());
  }

  private static Map<String, String> with(String... keysAndValues) {
    Map<String, String> overrides = new HashMap<>(SOURCES);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      overrides.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return overrides;
  }

  private static List<String> problems(Map<String, String> overrides) {
    return refusal(Optional.empty(), overrides, Map.of()).problems();
  }

  private static List<String> problems(Path file, Map<String, String> overrides) {
    return refusal(Optional.of(file), overrides, Map.of()).problems();
  }

  private static SettingsException refusal(
      Optional<Path> file, Map<String, String> overrides, Map<String, String> environment) {
    return catchThrowableOfType(
        SettingsException.class, () -> SettingsReader.read(file, overrides, environment));
  }
}
