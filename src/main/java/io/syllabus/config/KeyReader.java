package io.syllabus.config;

import static io.syllabus.Checks.require;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.syllabus.Text;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads each key once and checks its value. A value that is not allowed becomes a problem; what is
 * returned in its place must not be used.
 */
final class KeyReader {
  private final Map<String, ConfigValue> values;
  private final Problems problems;
  private final Set<String> keysRead = new TreeSet<>();

  /**
   * @param values a value for every key that will be read
   */
  KeyReader(Map<String, ConfigValue> values, Problems problems) {
    this.values = values;
    this.problems = problems;
  }

  /** The keys that have been read so far. */
  Set<String> keysRead() {
    return Set.copyOf(keysRead);
  }

  /** A whole number in an interval of the 32-bit ones, such as {@code [1, 100]}. */
  int wholeNumber(String key, String interval) {
    return (int) wholeNumber(key, Interval.of(interval));
  }

  /** A whole number in an interval of the 64-bit ones. */
  long wholeNumber(String key, Interval allowed) {
    return number(key, "a whole number", allowed, KeyReader::whole).longValue();
  }

  /** A number in an interval such as {@code (0, 10]}. */
  double number(String key, String interval) {
    return number(key, "a number", Interval.of(interval), BigDecimal::new).doubleValue();
  }

  /** A number in an interval; a blank text counts as none. */
  Optional<Double> optionalNumber(String key, String interval) {
    if (scalar(values.get(key)).filter(String::isBlank).isPresent()) {
      keysRead.add(key);
      return Optional.empty();
    }
    return Optional.of(number(key, interval));
  }

  /** A length of time between two others, such as {@code 10 minutes}; in whole seconds. */
  Duration duration(String key, Duration least, Duration most) {
    ConfigValue value = value(key);
    Optional<Duration> duration =
        parsed(value).filter(d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0);
    if (duration.isEmpty()) {
      String rule =
          Text.format(
              "a duration such as 90s or 10 minutes, from %d second to %d days",
              least.toSeconds(), most.toDays());
      refuse(key, rule, scalar(value).orElseGet(() -> rendered(value)));
    }
    return duration.orElse(least).truncatedTo(ChronoUnit.SECONDS);
  }

  private static Optional<Duration> parsed(ConfigValue value) {
    try {
      return Optional.of(value.atKey("value").getDuration("value"));
    } catch (ConfigException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** A text that is not blank. */
  String text(String key) {
    Optional<String> text = optionalText(key);
    problems.require(text.isPresent(), key + " must not be empty", key);
    return text.orElse("");
  }

  /** A text; a blank one counts as none. */
  Optional<String> optionalText(String key) {
    ConfigValue value = value(key);
    Optional<String> text = scalar(value);
    if (text.isEmpty()) {
      refuse(key, "a text", rendered(value));
    }
    return text.map(String::strip).filter(t -> !t.isEmpty());
  }

  /** Names with commas between them; none where the text is blank. */
  List<String> names(String key) {
    return optionalText(key).stream()
        .flatMap(text -> Arrays.stream(text.split(",")))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** {@code true} or {@code false}. */
  boolean flag(String key) {
    String text = scalar(value(key)).orElseGet(() -> rendered(values.get(key)));
    if (!text.equals("true") && !text.equals("false")) {
      refuse(key, "true or false", text);
    }
    return text.equals("true");
  }

  /** A constant of an enum, written in lower case with hyphens. */
  <E extends Enum<E>> E oneOf(String key, Class<E> type) {
    E[] constants = type.getEnumConstants();
    ConfigValue value = value(key);
    String name = scalar(value).orElseGet(() -> rendered(value));
    Optional<E> named = Arrays.stream(constants).filter(c -> Names.of(c).equals(name)).findFirst();
    if (named.isEmpty()) {
      String names = Arrays.stream(constants).map(Names::of).collect(Collectors.joining(", "));
      refuse(key, "one of " + names, name);
    }
    return named.orElse(constants[0]);
  }

  /** Every value whose key starts with the prefix, as text, under its whole key. */
  Map<String, String> startingWith(String prefix) {
    Map<String, String> texts = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            keysRead.add(key);
            scalar(value)
                .ifPresentOrElse(
                    text -> texts.put(key, text),
                    // Values of keys that we do not know may be secrets: they are not repeated.
                    () -> refuse(key, "a text", "a " + value.valueType()));
          }
        });
    return texts;
  }

  private BigDecimal number(
      String key, String type, Interval allowed, Function<String, BigDecimal> parser) {
    ConfigValue value = value(key);
    Optional<BigDecimal> number = scalar(value).flatMap(text -> parsed(text, parser));
    if (number.isEmpty()) {
      refuse(key, type, rendered(value));
    } else if (!allowed.contains(number.get())) {
      refuse(key, allowed.rule(), scalar(value).orElseThrow());
    }
    return number.filter(allowed::contains).orElse(BigDecimal.ZERO);
  }

  private static Optional<BigDecimal> parsed(String text, Function<String, BigDecimal> parser) {
    try {
      return Optional.of(parser.apply(text.strip()));
    } catch (NumberFormatException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static BigDecimal whole(String text) {
    return BigDecimal.valueOf(new BigDecimal(text).longValueExact());
  }

  private ConfigValue value(String key) {
    ConfigValue value = values.get(key);
    require(value != null, "%s is not in reference.conf", key);
    require(keysRead.add(key), "%s is read twice", key);
    return value;
  }

  private void refuse(String key, String rule, String found) {
    String where = Layers.origin(values.get(key));
    problems.add(key, Text.format("%s must be %s, found: %s (%s)", key, rule, found, where));
  }

  /** The value as the user wrote it; empty for lists, objects and null. */
  private static Optional<String> scalar(ConfigValue value) {
    return switch (value.valueType()) {
      case STRING -> Optional.of((String) value.unwrapped());
      case NUMBER, BOOLEAN -> Optional.of(rendered(value));
      case LIST, OBJECT, NULL -> Optional.empty();
    };
  }

  private static String rendered(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }
}
