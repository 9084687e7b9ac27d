package io.syllabus.spark.ingest;

import io.syllabus.Text;
import io.syllabus.config.DataSettings;
import io.syllabus.config.Settings;
import io.syllabus.data.Dataset;
import io.syllabus.data.DatasetLayout;
import io.syllabus.data.DigitImages;
import io.syllabus.data.ImageSource;
import io.syllabus.data.SourceRole;
import io.syllabus.report.Console;
import io.syllabus.store.Store;
import io.syllabus.store.WholeFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds the sources that settings name; draws images where they ask for that. */
public final class Sources {
  private final Settings settings;
  private final Store store;
  private final Configuration hadoop;

  public Sources(Settings settings, Store store, Configuration hadoop) {
    this.settings = settings;
    this.store = store;
    this.hadoop = hadoop;
  }

  /**
   * The sources by what they are given for.
   *
   * @throws io.syllabus.data.BadDataException where one is missing or is none
   */
  public Map<SourceRole, ImageSource> find(Console console) throws IOException {
    DataSettings data = settings.data();
    Map<SourceRole, ImageSource> sources = new EnumMap<>(SourceRole.class);
    if (data.generate().trainPerClass() > 0) {
      draw(sources, console);
    }
    data.dataset()
        .map(folder -> DatasetLayout.find(folder, hadoop))
        .ifPresent(d -> add(sources, d));
    data.labeled().ifPresent(s -> sources.put(SourceRole.LABELED, ImageSource.labeled(s, hadoop)));
    data.unlabeled()
        .ifPresent(s -> sources.put(SourceRole.UNLABELED, ImageSource.unlabeled(s, hadoop)));
    data.validation()
        .ifPresent(s -> sources.put(SourceRole.VALIDATION, ImageSource.labeled(s, hadoop)));
    data.test().ifPresent(s -> sources.put(SourceRole.TEST, ImageSource.labeled(s, hadoop)));
    return sources;
  }

  private static void add(Map<SourceRole, ImageSource> sources, Dataset dataset) {
    sources.put(SourceRole.LABELED, dataset.train());
    dataset.test().ifPresent(test -> sources.put(SourceRole.TEST, test));
  }

  private void draw(Map<SourceRole, ImageSource> sources, Console console) throws IOException {
    DataSettings.Generate generate = settings.data().generate();
    sources.put(SourceRole.LABELED, digits("train", 0, generate.trainPerClass(), console));
    if (generate.testPerClass() > 0) {
      sources.put(
          SourceRole.TEST,
          digits("test", generate.trainPerClass(), generate.testPerClass(), console));
    }
  }

  private ImageSource digits(String part, long firstIndex, int perClass, Console console)
      throws IOException {
    int size = settings.data().sideStored();
    Path tar =
        new Path(
            Text.format(
                "%s/digits-%d-%d-%s-%d-%d.tar",
                store.generated(), settings.seed(), size, part, firstIndex, perClass));
    FileSystem files = WholeFiles.system(tar, hadoop);
    if (!files.exists(tar)) {
      console.say(Text.format("Drawing %,d images into %s", 10L * perClass, tar));
      Path draft = new Path(tar + ".draft");
      try (OutputStream out = files.create(draft, true)) {
        new DigitImages(settings.seed(), size).writeTar(out, part, firstIndex, perClass);
      }
      WholeFiles.replace(files, draft, tar);
    }
    return ImageSource.labeled(tar.toString(), hadoop);
  }
}
