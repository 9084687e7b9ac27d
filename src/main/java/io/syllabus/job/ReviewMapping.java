package io.syllabus.job;

import io.syllabus.Text;
import io.syllabus.config.SettingsException;
import io.syllabus.report.Console;
import io.syllabus.spark.publish.Annotations;
import io.syllabus.store.Store;
import io.syllabus.store.StoreLock;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what became of classes that people named. */
@Command(
    name = "map",
    mixinStandardHelpOptions = true,
    description = {
      "Says what became of classes that people named: their labels are of the new class from now on,",
      "or dropped. What people said stays in the table of annotations; labels that are published",
      "follow with the next publication."
    })
final class ReviewMapping extends Job {
  @Mixin private StoreOptions options;

  @Parameters(
      paramLabel = "OLD=NEW",
      arity = "1..*",
      description = "A class and what it is now; OLD= drops its labels.")
  private List<String> classes;

  @Option(
      names = "--annotator",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who says so; ${DEFAULT-VALUE} by default.")
  private String annotator;

  ReviewMapping(Console console) {
    super(console);
  }

  @Override
  void run() throws IOException {
    Map<String, Optional<String>> renamed = renamed();
    logTo(LogFile.ofJob("review"));
    options.with("review map", (spark, store) -> map(renamed, spark, store));
  }

  private Map<String, Optional<String>> renamed() {
    Map<String, Optional<String>> renamed = new LinkedHashMap<>();
    for (String given : classes) {
      int sign = given.lastIndexOf('=');
      if (sign < 1) {
        throw new SettingsException(
            List.of("jobs/review map takes OLD=NEW, or OLD= to drop labels, found: " + given));
      }
      String old = given.substring(0, sign);
      Optional<String> now = Optional.of(given.substring(sign + 1)).filter(name -> !name.isEmpty());
      if (renamed.put(old, now) != null) {
        throw new SettingsException(
            List.of("jobs/review map takes each class once, found: " + old));
      }
    }
    return renamed;
  }

  private void map(Map<String, Optional<String>> renamed, SparkSession spark, Store store)
      throws IOException {
    StoreLock lock = lock(store, "review map", options.hadoop());
    try (lock) {
      Map<String, Long> counts = new Annotations(spark, store).map(renamed, annotator);
      counts.forEach((old, images) -> say(old, renamed.get(old), images));
    }
  }

  private void say(String old, Optional<String> now, long images) {
    console()
        .say(
            now.isPresent()
                ? Text.format("%,d images labeled \"%s\" are \"%s\" now", images, old, now.get())
                : Text.format("%,d images labeled \"%s\" are labeled no more", images, old));
  }
}
