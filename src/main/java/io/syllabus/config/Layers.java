package io.syllabus.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The places that settings come from, each as a map from whole keys to values.
 *
 * <p>A flat map, since Spark has keys that are both a value and a section: {@code
 * spark.speculation} and {@code spark.speculation.multiplier}.
 */
final class Layers {
  private static final Config REFERENCE =
      ConfigFactory.parseResources(Layers.class, "reference.conf", strict()).resolve();
  private static final Map<String, ConfigValue> DEFAULTS = flat(REFERENCE.root(), Set.of());

  private Layers() {}

  /** The defaults: a value for every key there is. */
  static Map<String, ConfigValue> defaults() {
    return DEFAULTS;
  }

  /**
   * A settings file. A substitution looks at the overrides, the file, the defaults, and then the
   * environment; what it does not find stays unresolved.
   */
  static Map<String, ConfigValue> file(
      Path file, Map<String, ConfigValue> overrides, Map<String, String> environment) {
    if (Files.notExists(file) || Files.isDirectory(file)) {
      throw new SettingsException(List.of("No settings file at " + file));
    }
    try {
      Config parsed = ConfigFactory.parseFile(file.toFile(), strict());
      Config known = nested(overrides).withFallback(parsed).withFallback(REFERENCE);
      ConfigResolveOptions lenient = ConfigResolveOptions.noSystem().setAllowUnresolved(true);
      Config resolved = parsed.resolveWith(known, lenient.appendResolver(new Lookup(environment)));
      Map<String, ConfigValue> values = flat(resolved.root(), DEFAULTS.keySet());
      // What stayed unresolved may carry an origin that is put together of several.
      ConfigOrigin origin = ConfigOriginFactory.newSimple(file.toString());
      values.replaceAll((key, value) -> isResolved(value) ? value : value.withOrigin(origin));
      return values;
    } catch (ConfigException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /** Values by key as the command line gives them: text, taken as it is. */
  static Map<String, ConfigValue> overrides(Map<String, String> texts) {
    Map<String, ConfigValue> values = new TreeMap<>();
    texts.forEach((key, text) -> values.put(key, ConfigValueFactory.fromAnyRef(text, "--set")));
    return values;
  }

  /** A JSON object of values by key. */
  static Map<String, ConfigValue> json(String json) {
    ConfigParseOptions options =
        ConfigParseOptions.defaults()
            .setSyntax(ConfigSyntax.JSON)
            .setOriginDescription("the settings of the run");
    try {
      return flat(ConfigFactory.parseString(json, options).root(), DEFAULTS.keySet());
    } catch (ConfigException e) {
      throw unreadable("the settings of the run", e);
    }
  }

  /** Whether every substitution in the value was found. */
  static boolean isResolved(ConfigValue value) {
    return value.atKey("value").isResolved();
  }

  /** Where a value was written: {@code conf/quickstart.conf, line 3}. */
  static String origin(ConfigValue value) {
    return withLine(value.origin().description());
  }

  private static String withLine(String description) {
    return description.replaceFirst(": (\\d+)", ", line $1");
  }

  private static SettingsException unreadable(String source, ConfigException e) {
    // An exception with an origin puts it first: "conf/quickstart.conf: 3: Expecting ...".
    String said = e.getMessage();
    String message = said.startsWith(source) ? said : source + ": " + said;
    return new SettingsException("Cannot read " + withLine(message), e);
  }

  private static ConfigParseOptions strict() {
    return ConfigParseOptions.defaults().setAllowMissing(false);
  }

  private static Config nested(Map<String, ConfigValue> values) {
    Config config = ConfigFactory.empty();
    for (Map.Entry<String, ConfigValue> entry : values.entrySet()) {
      config =
          config.withValue(ConfigUtil.joinPath(entry.getKey().split("\\.", -1)), entry.getValue());
    }
    return config;
  }

  /** An object found at one of the leaves is that key's value, of a wrong type. */
  private static Map<String, ConfigValue> flat(ConfigObject object, Set<String> leaves) {
    Map<String, ConfigValue> values = new TreeMap<>();
    flatten("", object, leaves, values);
    return values;
  }

  private static void flatten(
      String prefix, ConfigObject object, Set<String> leaves, Map<String, ConfigValue> values) {
    object.forEach(
        (name, value) -> {
          String key = prefix + name;
          if (value instanceof ConfigObject section && !leaves.contains(key)) {
            flatten(key + ".", section, leaves, values);
          } else {
            values.put(key, value);
          }
        });
  }

  /** Finds environment variables in a map, so that a test can bring its own. */
  private record Lookup(Map<String, String> environment) implements ConfigResolver {
    @Override
    public ConfigValue lookup(String name) {
      return environment.containsKey(name)
          ? ConfigValueFactory.fromAnyRef(environment.get(name), "the environment variable " + name)
          : null;
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
      return this;
    }
  }
}
