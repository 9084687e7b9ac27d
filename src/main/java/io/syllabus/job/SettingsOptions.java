package io.syllabus.job;

import io.syllabus.config.Settings;
import io.syllabus.config.SettingsChanges;
import io.syllabus.config.SettingsReader;
import java.nio.file.Path;
import java.util.Collections;
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

  /** Whether a settings file is given. */
  boolean hasFile() {
    return config != null;
  }

  /** Whether nothing is given that could change what a run comes to. */
  boolean leavesTheRunAsItIs() {
    return config == null
        && overrides.keySet().stream().allMatch(SettingsChanges::leavesTheRunAsItIs);
  }

  /** Whether {@code --set} says something of the images. */
  boolean namesData() {
    return overrides.keySet().stream().anyMatch(key -> key.startsWith("data."));
  }

  /** What {@code --set} gives, text by key. */
  Map<String, String> overrides() {
    return Collections.unmodifiableMap(overrides);
  }

  Settings read() {
    return SettingsReader.read(Optional.ofNullable(config), overrides);
  }
}
