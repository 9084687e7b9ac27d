package io.syllabus.job;

import io.syllabus.Seeds;
import io.syllabus.Text;
import io.syllabus.augment.Augmentation;
import io.syllabus.augment.Framing;
import io.syllabus.config.Settings;
import io.syllabus.config.TrainingSettings;
import io.syllabus.data.BadDataException;
import io.syllabus.data.ImageDecoder;
import io.syllabus.data.ImageEntries;
import io.syllabus.data.ImageEntry;
import io.syllabus.data.ImageSource;
import io.syllabus.data.SourcePart;
import io.syllabus.data.SourceRole;
import io.syllabus.data.UnreadableImageException;
import io.syllabus.network.Minibatch;
import io.syllabus.report.Console;
import io.syllabus.report.ContactSheet;
import io.syllabus.report.TerminalConsole;
import io.syllabus.spark.ingest.Sources;
import io.syllabus.spark.session.Sessions;
import io.syllabus.store.Store;
import io.syllabus.store.WholeFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws what the network sees of the labeled images, with each augmentation and with mixup. */
@Command(
    name = "preview",
    mixinStandardHelpOptions = true,
    description = "Draws a minibatch of each augmentation and of mixup as one PNG.")
public final class Preview extends Job {
  private static final int IMAGES = 32;
  private static final int A_CLASS = 4;
  private static final int LOOKED_AT = 200_000;
  private static final double PUBLISHED_ALPHA = 1;

  @Mixin private SettingsOptions options;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "preview.png",
      description = "Where the picture goes; ${DEFAULT-VALUE} by default.")
  private String output;

  Preview(Console console) {
    super(console);
  }

  public static void main(String[] arguments) {
    exit(execute(new Preview(TerminalConsole.standard()), arguments));
  }

  @Override
  void run() throws IOException {
    Settings settings = options.read();
    logTo(LogFile.ofJob("preview"));
    Configuration hadoop = Sessions.hadoop(settings.spark());
    List<byte[]> images = images(settings, hadoop);
    ContactSheet sheet = new ContactSheet(settings.data().imageSize());
    for (TrainingSettings.Augmentation kind : TrainingSettings.Augmentation.values()) {
      sheet.add(Minibatch.images(minibatch(images, kind, settings).toMultiDataSet()));
    }
    TrainingSettings training = settings.training();
    double alpha = training.mixupAlpha() > 0 ? training.mixupAlpha() : PUBLISHED_ALPHA;
    sheet.add(
        Minibatch.images(
            minibatch(images, training.augmentation(), settings)
                .mixed(alpha, Seeds.random(settings.seed(), "preview"))));
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    sheet.write(png);
    WholeFiles.write(output, png.toByteArray(), hadoop);
    console()
        .say(
            Text.format(
                "Drew %d images in %s, block by block: none, crop, crop-flip, heavy, and mixup with"
                    + " alpha %s over the training's own",
                images.size(), output, alpha));
  }

  private static Minibatch minibatch(
      List<byte[]> images, TrainingSettings.Augmentation kind, Settings settings) {
    Framing framing = Framing.of(settings.data());
    Augmentation augmentation =
        Augmentation.of(kind, framing, Seeds.derive(settings.seed(), "policy", 0));
    SplittableRandom random = Seeds.random(settings.seed(), "preview");
    Minibatch minibatch = new Minibatch(images.size(), framing.taken(), 2);
    for (byte[] image : images) {
      byte[] augmented = new byte[framing.takenBytes()];
      augmentation.apply(image, random, augmented);
      minibatch.add(augmented, 0, 1);
    }
    return minibatch;
  }

  // A few of each class: a source often has one class after the other.
  private List<byte[]> images(Settings settings, Configuration hadoop) throws IOException {
    ImageSource source =
        new Sources(settings, Store.at(settings.store(), hadoop), hadoop)
            .find(console())
            .get(SourceRole.LABELED);
    ImageDecoder decoder = ImageDecoder.of(settings.data());
    List<byte[]> images = new ArrayList<>();
    for (SourcePart part : source.parts()) {
      Map<String, Integer> taken = new HashMap<>();
      try (ImageEntries entries = part.open(hadoop)) {
        for (int i = 0; i < LOOKED_AT && entries.hasNext() && images.size() < IMAGES; i++) {
          ImageEntry entry = entries.next();
          if (taken.merge(entry.className().orElse(""), 1, Integer::sum) <= A_CLASS) {
            decoded(entry, decoder, hadoop).ifPresent(images::add);
          }
        }
      }
    }
    if (images.isEmpty()) {
      throw new BadDataException(source.path() + " holds no readable image in a class folder");
    }
    return images;
  }

  private static Optional<byte[]> decoded(
      ImageEntry entry, ImageDecoder decoder, Configuration hadoop) throws IOException {
    try {
      return Optional.of(decoder.decode(entry.bytes(hadoop)).pixels());
    } catch (UnreadableImageException e) {
      // The ingest will name it.
      return Optional.empty();
    }
  }
}
