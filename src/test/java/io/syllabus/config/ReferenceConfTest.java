package io.syllabus.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigValue;
import io.syllabus.config.CurriculumSettings.Confidence;
import io.syllabus.config.CurriculumSettings.Relabel;
import io.syllabus.config.CurriculumSettings.Rule;
import io.syllabus.config.DataSettings.Generate;
import io.syllabus.config.DataSettings.Resize;
import io.syllabus.config.DataSettings.Split;
import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.config.NetworkSettings.Device;
import io.syllabus.config.NetworkSettings.Engine;
import io.syllabus.config.TrainingSettings.Augmentation;
import io.syllabus.config.TrainingSettings.ClassWeights;
import io.syllabus.config.TrainingSettings.PseudoLabels;
import io.syllabus.config.TrainingSettings.WeightAveraging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceConfTest {
  private static final Settings DEFAULTS = settings(Layers.defaults());

  @TempDir Path folder;

  @Test
  void holdsTheDefaults() {
    DataSettings data =
        new DataSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            32,
            0,
            Resize.CROP,
            100_000_000,
            0.05,
            16,
            new Generate(0, 0),
            new Split(0, 0, 0, 0.2, List.of(), List.of(), false));
    TrainingSettings training =
        new TrainingSettings(
            0,
            30,
            0,
            64,
            4,
            0.1,
            0,
            0,
            0.9,
            5e-4,
            0,
            ClassWeights.BALANCED,
            Augmentation.CROP_FLIP,
            0,
            0,
            PseudoLabels.HARD,
            0,
            0,
            0,
            new WeightAveraging(0, 5));
    assertThat(DEFAULTS)
        .isEqualTo(
            new Settings(
                821,
                "store",
                data,
                new NetworkSettings(
                    Architecture.SMALL_CNN,
                    Device.AUTO,
                    Engine.ONEDNN,
                    Optional.empty(),
                    Optional.empty()),
                training,
                new CurriculumSettings(
                    20, 100, Rule.PERCENTILE, 0.9, 100, Confidence.PROBABILITY, true, Relabel.ALL),
                new ScoringSettings(16, false),
                new PublishSettings(true, 0.02, 5, 0.5, 0.5, 0.02),
                new ClusterSettings(Duration.ofMinutes(10)),
                Map.of("spark.master", "local[*]")));
  }

  @Test
  void itsKeysAreTheKeysThatAreRead() {
    KeyReader keys = new KeyReader(Layers.defaults(), new Problems());
    assertThat(SettingsReader.settings(keys)).isNotNull();
    assertThat(keys.keysRead()).isEqualTo(Layers.defaults().keySet());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void hasACommentForEveryKey(String key) {
    assertThat(Layers.defaults().get(key).origin().comments()).as(key).isNotEmpty();
  }

  /** Every key, with a value that is not its default. */
  private static final Map<String, String> OTHER_VALUES =
      Map.ofEntries(
          Map.entry("seed", "-3"),
          Map.entry("network.device", "cpu"),
          Map.entry("store", "elsewhere"),
          Map.entry("data.dataset", "a"),
          Map.entry("data.labeled", "b"),
          Map.entry("data.unlabeled", "c"),
          Map.entry("data.validation", "d"),
          Map.entry("data.test", "e"),
          Map.entry("data.image-size", "64"),
          Map.entry("data.stored-size", "72"),
          Map.entry("data.resize", "none"),
          Map.entry("data.max-pixels", "5000000000"),
          Map.entry("data.max-bad-fraction", "0.25"),
          Map.entry("data.shards", "77"),
          Map.entry("data.generate.train-per-class", "301"),
          Map.entry("data.generate.test-per-class", "302"),
          Map.entry("data.split.labeled-per-class", "303"),
          Map.entry("data.split.validation-per-class", "304"),
          Map.entry("data.split.pool-per-class", "305"),
          Map.entry("data.split.validation-fraction", "0.375"),
          Map.entry("data.split.labeled-classes", "f,g"),
          Map.entry("data.split.unlabeled-classes", "h"),
          Map.entry("data.split.rest-is-pool", "true"),
          Map.entry("network.architecture", "wide-resnet-28-2"),
          Map.entry("network.engine", "deeplearning4j"),
          Map.entry("network.dropout", "0.25"),
          Map.entry("network.weights", "i.h5"),
          Map.entry("training.workers", "5"),
          Map.entry("training.epochs", "31"),
          Map.entry("training.minibatches-per-epoch", "208"),
          Map.entry("training.batch-size", "65"),
          Map.entry("training.averaging-frequency", "6"),
          Map.entry("training.learning-rate", "0.75"),
          Map.entry("training.warm-up-epochs", "7"),
          Map.entry("training.decay-epochs", "40"),
          Map.entry("training.momentum", "0.625"),
          Map.entry("training.l2", "0.125"),
          Map.entry("training.max-gradient-norm", "2.5"),
          Map.entry("training.mixup-alpha", "0.75"),
          Map.entry("training.label-smoothing", "0.0625"),
          Map.entry("training.pseudo-labels", "soft"),
          Map.entry("training.labeled-per-minibatch", "16"),
          Map.entry("training.class-balance", "0.8125"),
          Map.entry("training.entropy", "0.4375"),
          Map.entry("training.weight-averaging.start-epoch", "8"),
          Map.entry("training.weight-averaging.every-epochs", "9"),
          Map.entry("training.class-weights", "none"),
          Map.entry("training.augmentation", "none"),
          Map.entry("curriculum.step-percent", "21"),
          Map.entry("curriculum.max-cycles", "3"),
          Map.entry("curriculum.rule", "top-k-per-class"),
          Map.entry("curriculum.threshold", "0.8125"),
          Map.entry("curriculum.top-k", "306"),
          Map.entry("curriculum.confidence", "margin"),
          Map.entry("curriculum.restart", "false"),
          Map.entry("curriculum.relabel", "keep"),
          Map.entry("scoring.batch-size", "129"),
          Map.entry("scoring.calibrate", "true"),
          Map.entry("publish.enabled", "false"),
          Map.entry("publish.max-accuracy-drop", "0.25"),
          Map.entry("publish.max-share-ratio", "3"),
          Map.entry("publish.max-changed", "0.25"),
          Map.entry("publish.min-precision", "0.25"),
          Map.entry("publish.max-unreadable", "0.25"),
          Map.entry("cluster.patience", "90s"),
          Map.entry("spark.master", "local[2]"));

  /** The written form shows each component under its key, so a mix-up of two components shows. */
  @ParameterizedTest
  @MethodSource("keys")
  void everyKeyIsSetByTheFileAndByAnOverride(String key) throws IOException {
    String text = OTHER_VALUES.get(key);
    Path file = Files.writeString(folder.resolve("x.conf"), key + " = \"" + text + "\"");
    Map<String, String> defaults = written(DEFAULTS);

    Map<String, String> byFile = written(settings(over(Layers.file(file, Map.of(), Map.of()))));
    Map<String, String> byOverride = written(settings(over(Layers.overrides(Map.of(key, text)))));

    assertThat(defaults).doesNotContainEntry(key, text);
    assertThat(byFile).containsEntry(key, text).isEqualTo(byOverride);
    byFile.remove(key);
    defaults.remove(key);
    assertThat(byFile).isEqualTo(defaults);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cifar10.conf",
        "cifar10-small.conf",
        "quickstart.conf",
        "images.conf",
        "soft-pseudo-labels.conf",
        "imagenet.conf"
      })
  void theOtherFilesOfConfAreReadable(String name) {
    Map<String, String> environment =
        Map.of("CIFAR10", "/data/cifar10", "IMAGENET", "/data/imagenet");
    Optional<Path> file = Optional.of(Path.of("conf", name));
    assertThat(SettingsReader.read(file, Map.of(), environment).store()).isEqualTo("store");
  }

  @Test
  void cifar10HoldsThePublishedSettings() {
    Settings settings =
        SettingsReader.read(
            Optional.of(Path.of("conf/cifar10.conf")), Map.of(), Map.of("CIFAR10", "c"));
    assertThat(settings.data().dataset()).contains("c");
    assertThat(settings.data().split())
        .isEqualTo(new Split(400, 500, 4100, 0.2, List.of(), List.of(), false));
    assertThat(settings.network().architecture()).isEqualTo(Architecture.WIDE_RESNET_28_2);
    assertThat(settings.training().epochs()).isEqualTo(750);
    assertThat(settings.training().batchSize()).isEqualTo(512);
    assertThat(settings.training().augmentation()).isEqualTo(Augmentation.HEAVY);
    assertThat(settings.training().mixupAlpha()).isEqualTo(1);
    assertThat(settings.training().weightAveraging()).isEqualTo(new WeightAveraging(205, 5));
  }

  private static Stream<String> keys() {
    return Layers.defaults().keySet().stream();
  }

  private static Map<String, ConfigValue> over(Map<String, ConfigValue> given) {
    Map<String, ConfigValue> values = new TreeMap<>(Layers.defaults());
    values.putAll(given);
    return values;
  }

  /** One key alone often breaks a rule over several, which is not what is tested here. */
  private static Settings settings(Map<String, ConfigValue> values) {
    Problems problems = new Problems();
    Settings settings = SettingsReader.settings(new KeyReader(values, problems));
    problems.throwIfAny();
    return settings;
  }

  private static Map<String, String> written(Settings settings) {
    Map<String, String> texts = new TreeMap<>();
    Layers.json(SettingsJson.write(settings))
        .forEach((key, value) -> texts.put(key, value.unwrapped().toString()));
    return texts;
  }
}
