package io.syllabus.job;

import io.syllabus.Seeds;
import io.syllabus.augment.Augmentation;
import io.syllabus.augment.Framing;
import io.syllabus.config.Settings;
import io.syllabus.data.BadDataException;
import io.syllabus.data.ImageDecoder;
import io.syllabus.data.ImageEntries;
import io.syllabus.data.ImageEntry;
import io.syllabus.data.ImageSource;
import io.syllabus.data.SourcePart;
import io.syllabus.data.SourceRole;
import io.syllabus.data.UnreadableImageException;
import io.syllabus.network.Blueprint;
import io.syllabus.network.ComputeRates;
import io.syllabus.network.CosineSchedule;
import io.syllabus.network.NetworkDesign;
import io.syllabus.network.Sgd;
import io.syllabus.plan.Rates;
import io.syllabus.report.Console;
import io.syllabus.spark.ingest.Sources;
import io.syllabus.spark.session.Sessions;
import io.syllabus.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;

/**
 * How fast one worker is on this machine: reads and augments the first images of the labeled
 * source, trains and scores noise with the network of the settings.
 *
 * @param workers that share a minibatch
 * @param classes of the network
 * @param gigabits what the network is said to carry in a second
 * @param known how fast a worker computes, where that is not to be measured
 */
record Probe(
    Settings settings, int workers, int classes, double gigabits, Optional<ComputeRates> known) {
  private static final int SAMPLE = 200;
  private static final double SECONDS = 5;
  private static final double NANOS = 1e9;

  /** Measures for some seconds. */
  Rates rates(Console console) throws IOException {
    Configuration hadoop = Sessions.hadoop(settings.spark());
    ImageSource source =
        new Sources(settings, Store.at(settings.store(), hadoop), hadoop)
            .find(console)
            .get(SourceRole.LABELED);
    Sample sample = sample(source, ImageDecoder.of(settings.data()), hadoop);
    ComputeRates computed = known.orElseGet(this::measured);
    return new Rates(
        sample.pixels.size() / sample.seconds,
        sample.pixels.size() / augmentSeconds(sample.pixels),
        computed.trains(),
        computed.scores(),
        (double) sample.bytes / sample.pixels.size(),
        gigabits);
  }

  private ComputeRates measured() {
    int trained = Math.max(2, settings.training().batchSize() / workers);
    int size = settings.data().imageSize();
    Sgd sgd = new Sgd(new CosineSchedule(0.1, 0, 1_000_000), 0.9, settings.training().l2(), 0);
    NetworkDesign design =
        new NetworkDesign(
            Blueprint.of(settings.network().architecture(), size, classes),
            sgd,
            settings.seed(),
            settings.network().engine());
    return ComputeRates.measure(
        design, size, classes, trained, settings.scoring().batchSize(), SECONDS);
  }

  /** Images that were read, and what it took. */
  private record Sample(List<byte[]> pixels, long bytes, double seconds) {}

  private static Sample sample(ImageSource source, ImageDecoder decoder, Configuration hadoop)
      throws IOException {
    List<byte[]> pixels = new ArrayList<>();
    long bytes = 0;
    long began = System.nanoTime();
    for (SourcePart part : source.parts()) {
      try (ImageEntries entries = part.open(hadoop)) {
        while (entries.hasNext() && pixels.size() < SAMPLE) {
          ImageEntry entry = entries.next();
          byte[] file = entry.bytes(hadoop);
          try {
            pixels.add(decoder.decode(file).pixels());
            bytes += file.length;
          } catch (UnreadableImageException e) {
            // The ingest will name it.
          }
        }
      }
    }
    if (pixels.isEmpty()) {
      throw new BadDataException(source.path() + " holds no readable image");
    }
    return new Sample(pixels, bytes, (System.nanoTime() - began) / NANOS);
  }

  private double augmentSeconds(List<byte[]> pixels) {
    Framing framing = Framing.of(settings.data());
    Augmentation augmentation =
        Augmentation.of(
            settings.training().augmentation(),
            framing,
            Seeds.derive(settings.seed(), "policy", 0));
    SplittableRandom random = Seeds.random(settings.seed(), "plan");
    byte[] augmented = new byte[framing.takenBytes()];
    // Once to have it compiled.
    pixels.forEach(image -> augmentation.apply(image, random, augmented));
    long began = System.nanoTime();
    pixels.forEach(image -> augmentation.apply(image, random, augmented));
    return (System.nanoTime() - began) / NANOS;
  }
}
