package io.syllabus.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.syllabus.Text;
import io.syllabus.cycle.Selection;
import io.syllabus.evaluate.Proportion;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalDouble;

/** How reports write figures: for a person, and as JSON for a program. */
final class Figures {
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private Figures() {}

  /** A time as a clock on the wall has it. */
  static String minute(Instant time) {
    return MINUTES.format(time.atZone(ZoneId.systemDefault()));
  }

  static String percent(double fraction) {
    return Text.format("%.2f %%", 100 * fraction);
  }

  /** A dash where it does not apply. */
  static String percent(OptionalDouble fraction) {
    return fraction.isPresent() ? percent(fraction.getAsDouble()) : "-";
  }

  /** A share and the interval that it lies in. */
  static String interval(Proportion share) {
    return Text.format(
        "%s (%s to %s)", percent(share.share()), percent(share.low()), percent(share.high()));
  }

  /** A dash where the rule goes by no percentile. */
  static String percentile(Selection selection) {
    return selection.percentile().isPresent()
        ? String.valueOf(selection.percentile().getAsInt())
        : "-";
  }

  /** What {@link #json} wrote. */
  static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This is no report: " + json, e);
    }
  }

  /** Plain values as the text of a JSON file; an empty optional is null. */
  static String json(Object values) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(values) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report is plain values", e);
    }
  }
}
