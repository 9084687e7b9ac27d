package io.syllabus.config;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Settings as a flat JSON object, key to value, in the order of the keys. */
public final class SettingsJson {
  private static final Pattern SECRET =
      Pattern.compile("secret|password|token|key|credential", Pattern.CASE_INSENSITIVE);

  private SettingsJson() {}

  /**
   * Every setting, but for secrets: keys under {@code spark} that contain secret, password, token,
   * key or credential.
   */
  public static String write(Settings settings) {
    Map<String, Object> values = new TreeMap<>();
    flatten("", settings, values);
    return ConfigValueFactory.fromMap(values).render(ConfigRenderOptions.concise());
  }

  /**
   * What {@link #write} wrote, checked as a settings file is.
   *
   * @throws SettingsException with every problem found
   */
  public static Settings read(String json) {
    return read(json, Map.of());
  }

  /**
   * What {@link #write} wrote, with other values over it.
   *
   * @param overrides text by key
   * @throws SettingsException with every problem found
   */
  public static Settings read(String json, Map<String, String> overrides) {
    Map<String, ConfigValue> given = new TreeMap<>(Layers.json(json));
    given.putAll(Layers.overrides(overrides));
    return SettingsReader.checked(given);
  }

  private static void flatten(String prefix, Record section, Map<String, Object> values) {
    for (RecordComponent component : section.getClass().getRecordComponents()) {
      String key = prefix + Names.ofComponent(component.getName());
      Object value = value(section, component);
      if (value instanceof Record subsection) {
        flatten(key + ".", subsection, values);
      } else if (value instanceof Map<?, ?> spark) {
        spark.forEach((sparkKey, text) -> putUnlessSecret((String) sparkKey, text, values));
      } else {
        values.put(key, plain(value));
      }
    }
  }

  private static void putUnlessSecret(String key, Object text, Map<String, Object> values) {
    if (!SECRET.matcher(key).find()) {
      values.put(key, text);
    }
  }

  private static Object plain(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(Object.class::cast).orElse("");
    }
    if (value instanceof List<?> names) {
      return names.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    if (value instanceof Duration duration) {
      return duration.toSeconds() + "s";
    }
    return value instanceof Enum<?> constant ? Names.of(constant) : value;
  }

  private static Object value(Record section, RecordComponent component) {
    try {
      return component.getAccessor().invoke(section);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot read " + component + " of " + section.getClass(), e);
    }
  }
}
