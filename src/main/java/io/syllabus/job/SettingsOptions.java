package io.syllabus.job;

import io.syllabus.config.Settings;
import io.syllabus.config.SettingsReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say what a run's settings are. */
final class SettingsOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings that go over the defaults in conf/reference.conf.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, over those in the file. May be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  Settings read() {
    return SettingsReader.read(Optional.ofNullable(config), overrides);
  }
}
