package io.syllabus.config;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes conf/SETTINGS.md of conf/reference.conf: {@code jobs/launch --with-tests
 * io.syllabus.config.SettingsPage}.
 */
public final class SettingsPage {
  /** Where the page lies. */
  static final Path PATH = Path.of("conf/SETTINGS.md");

  private static final String HEAD =
      """
      # Settings

      Every key, its default and its meaning, made of [reference.conf](reference.conf). A file given with
      `--config` names only what differs, `--set KEY=VALUE` goes over it. The files beside this one are
      settings for certain data: [quickstart.conf](quickstart.conf), [cifar10.conf](cifar10.conf) and
      [imagenet.conf](imagenet.conf) (the published sizes and recipe), [cifar10-small.conf](cifar10-small.conf) and
      [soft-pseudo-labels.conf](soft-pseudo-labels.conf) (for two cores), [images.conf](images.conf) (a template).

      """;

  private static final String LEFT_OUT =
      """

      ## Left out

      ZCA whitening, which the published code offers for CIFAR-10 with matrices computed beforehand, is not built.
      Its matrix has the square of an image's values as entries: 9 million at 32×32 pixels, 22 billion at 224×224.
      It would have to be made anew for every data set, and after ingest of images that are new. The
      published results of wide residual networks were reached without it, batch norm after the first layer having
      taken over most of what it did.
      """;

  private SettingsPage() {}

  /** The whole page. */
  static String page() {
    StringBuilder page = new StringBuilder(HEAD);
    String section = "";
    for (Map.Entry<String, ConfigValue> setting : inOrder()) {
      String key = setting.getKey();
      String of = key.contains(".") ? key.substring(0, key.indexOf('.')) : "";
      if (!of.equals(section) || page.length() == HEAD.length()) {
        page.append(of.isEmpty() ? "" : "\n## " + of + "\n\n");
        page.append("| key | default | meaning |\n|---|---|---|\n");
        section = of;
      }
      page.append(row(key, setting.getValue()));
    }
    return page.append(LEFT_OUT).toString();
  }

  // As the reference has them.
  private static List<Map.Entry<String, ConfigValue>> inOrder() {
    return Layers.defaults().entrySet().stream()
        .sorted(Comparator.comparingInt(setting -> setting.getValue().origin().lineNumber()))
        .toList();
  }

  private static String row(String key, ConfigValue value) {
    String meaning =
        value.origin().comments().stream().map(String::strip).collect(Collectors.joining(" "));
    return String.format(
        "| `%s` | %s | %s |%n", key, shown(value), meaning.replace("|", "\\|").replace("*", "\\*"));
  }

  private static String shown(ConfigValue value) {
    if (value.valueType() == ConfigValueType.STRING) {
      String text = (String) value.unwrapped();
      return text.isEmpty() ? "left out" : "`" + text + "`";
    }
    return "`" + value.render(ConfigRenderOptions.concise()) + "`";
  }

  /** Writes the page below the working folder. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(PATH, page());
    System.out.println("Wrote " + PATH);
  }
}
