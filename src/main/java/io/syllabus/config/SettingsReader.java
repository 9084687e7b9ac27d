package io.syllabus.config;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.syllabus.Text;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and checks settings. {@code conf/reference.conf} names every key and its default; the type
 * and range of each stand here.
 */
public final class SettingsReader {
  private static final String SPARK = "spark.";
  private static final String COUNT = "[0, 1000000000]";
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^?}]+)}");

  private SettingsReader() {}

  /**
   * The settings of a run: overrides go over the file, the file over the defaults.
   *
   * @param file HOCON, which may read environment variables
   * @param overrides text by key, as {@code --set key=value} gives it
   * @throws SettingsException with every problem found
   */
  public static Settings read(Optional<Path> file, Map<String, String> overrides) {
    return read(file, overrides, System.getenv());
  }

  static Settings read(
      Optional<Path> file, Map<String, String> overrides, Map<String, String> environment) {
    Map<String, ConfigValue> set = Layers.overrides(overrides);
    Map<String, ConfigValue> given = new TreeMap<>();
    file.ifPresent(f -> given.putAll(Layers.file(f, set, environment)));
    given.putAll(set);
    return checked(given);
  }

  /** The settings that the given values make over the defaults. */
  static Settings checked(Map<String, ConfigValue> given) {
    Problems problems = new Problems();
    Map<String, ConfigValue> values = new TreeMap<>(Layers.defaults());
    given.forEach(
        (key, value) -> {
          if (!Layers.isResolved(value)) {
            reportUnset(key, value, problems);
          } else if (values.containsKey(key) || key.startsWith(SPARK)) {
            values.put(key, value);
          } else {
            reportUnknown(key, value, problems);
          }
        });
    Settings settings = settings(new KeyReader(values, problems));
    CrossChecks.check(settings, problems);
    problems.throwIfAny();
    return settings;
  }

  /** Reads every key: the one table of types and ranges. */
  static Settings settings(KeyReader keys) {
    return new Settings(
        keys.wholeNumber("seed", Interval.atLeast(Long.MIN_VALUE)),
        keys.text("store"),
        data(keys),
        new NetworkSettings(
            keys.oneOf("network.architecture", Architecture.class),
            keys.oneOf("network.device", Device.class),
            keys.oneOf("network.engine", Engine.class),
            keys.optionalNumber("network.dropout", "[0, 1)"),
            keys.optionalText("network.weights")),
        training(keys),
        curriculum(keys),
        new ScoringSettings(
            keys.wholeNumber("scoring.batch-size", "[1, 65536]"), keys.flag("scoring.calibrate")),
        publish(keys),
        cluster(keys),
        keys.startingWith(SPARK));
  }

  /**
   * The settings of a job that has none but those of its cluster.
   *
   * @param overrides text by key, as {@code --set key=value} gives it; other keys are left alone
   * @throws SettingsException with every problem found
   */
  public static ClusterSettings cluster(Map<String, String> overrides) {
    Problems problems = new Problems();
    Map<String, ConfigValue> values = new TreeMap<>(Layers.defaults());
    values.putAll(Layers.overrides(overrides));
    ClusterSettings settings = cluster(new KeyReader(values, problems));
    problems.throwIfAny();
    return settings;
  }

  private static ClusterSettings cluster(KeyReader keys) {
    return new ClusterSettings(
        keys.duration("cluster.patience", Duration.ofSeconds(1), Duration.ofDays(365)));
  }

  private static CurriculumSettings curriculum(KeyReader keys) {
    return new CurriculumSettings(
        keys.wholeNumber("curriculum.step-percent", "[1, 100]"),
        keys.wholeNumber("curriculum.max-cycles", "[0, 100]"),
        keys.oneOf("curriculum.rule", Rule.class),
        keys.number("curriculum.threshold", "[0, 1]"),
        keys.wholeNumber("curriculum.top-k", "[1, 1000000000]"),
        keys.oneOf("curriculum.confidence", Confidence.class),
        keys.flag("curriculum.restart"),
        keys.oneOf("curriculum.relabel", Relabel.class));
  }

  private static PublishSettings publish(KeyReader keys) {
    return new PublishSettings(
        keys.flag("publish.enabled"),
        keys.number("publish.max-accuracy-drop", "[0, 1]"),
        keys.number("publish.max-share-ratio", "[0, 1000000]"),
        keys.number("publish.max-changed", "[0, 1]"),
        keys.number("publish.min-precision", "[0, 1]"),
        keys.number("publish.max-unreadable", "[0, 1]"));
  }

  private static DataSettings data(KeyReader keys) {
    return new DataSettings(
        keys.optionalText("data.dataset"),
        keys.optionalText("data.labeled"),
        keys.optionalText("data.unlabeled"),
        keys.optionalText("data.validation"),
        keys.optionalText("data.test"),
        keys.wholeNumber("data.image-size", "[8, 1024]"),
        keys.wholeNumber("data.stored-size", "[0, 2048]"),
        keys.oneOf("data.resize", Resize.class),
        keys.wholeNumber("data.max-pixels", Interval.atLeast(1)),
        keys.number("data.max-bad-fraction", "[0, 1]"),
        keys.wholeNumber("data.shards", "[1, 65536]"),
        new Generate(
            keys.wholeNumber("data.generate.train-per-class", COUNT),
            keys.wholeNumber("data.generate.test-per-class", COUNT)),
        new Split(
            keys.wholeNumber("data.split.labeled-per-class", COUNT),
            keys.wholeNumber("data.split.validation-per-class", COUNT),
            keys.wholeNumber("data.split.pool-per-class", COUNT),
            keys.number("data.split.validation-fraction", "(0, 0.9]"),
            keys.names("data.split.labeled-classes"),
            keys.names("data.split.unlabeled-classes"),
            keys.flag("data.split.rest-is-pool")));
  }

  private static TrainingSettings training(KeyReader keys) {
    return new TrainingSettings(
        keys.wholeNumber("training.workers", "[0, 4096]"),
        keys.wholeNumber("training.epochs", "[1, 100000]"),
        keys.wholeNumber("training.minibatches-per-epoch", "[0, 1000000]"),
        keys.wholeNumber("training.batch-size", "[2, 65536]"),
        keys.wholeNumber("training.averaging-frequency", "[1, 100000]"),
        keys.number("training.learning-rate", "(0, 10]"),
        keys.wholeNumber("training.warm-up-epochs", "[0, 100000]"),
        keys.wholeNumber("training.decay-epochs", "[0, 1000000]"),
        keys.number("training.momentum", "[0, 1)"),
        keys.number("training.l2", "[0, 1]"),
        keys.number("training.max-gradient-norm", "[0, 1000000]"),
        keys.oneOf("training.class-weights", ClassWeights.class),
        keys.oneOf("training.augmentation", Augmentation.class),
        keys.number("training.mixup-alpha", "[0, 100]"),
        keys.number("training.label-smoothing", "[0, 1)"),
        keys.oneOf("training.pseudo-labels", PseudoLabels.class),
        keys.wholeNumber("training.labeled-per-minibatch", "[0, 65536]"),
        keys.number("training.class-balance", "[0, 100]"),
        keys.number("training.entropy", "[0, 100]"),
        new WeightAveraging(
            keys.wholeNumber("training.weight-averaging.start-epoch", "[0, 100000]"),
            keys.wholeNumber("training.weight-averaging.every-epochs", "[1, 100000]")));
  }

  private static void reportUnset(String key, ConfigValue value, Problems problems) {
    String text = value.render(ConfigRenderOptions.concise());
    Matcher substitution = SUBSTITUTION.matcher(text);
    String name = substitution.find() ? substitution.group(1) : text;
    problems.add(
        key,
        Text.format(
            "Environment variable %s is not set: %s needs it for %s",
            name, Layers.origin(value), key));
  }

  private static void reportUnknown(String key, ConfigValue value, Problems problems) {
    Set<String> known = Layers.defaults().keySet();
    Optional<String> nearest = NearestKey.to(key, known);
    String advice =
        nearest.map(k -> "did you mean " + k + "?").orElse("conf/reference.conf lists every key");
    // What was meant has no value yet, so rules over it would only mislead.
    problems.add(
        nearest.orElse(key), "Unknown key " + key + " in " + Layers.origin(value) + ": " + advice);
  }
}
