package io.syllabus.spark;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.config.NetworkSettings.Engine;
import io.syllabus.config.Settings;
import io.syllabus.cycle.Model;
import io.syllabus.data.DigitImages;
import io.syllabus.data.ImageSource;
import io.syllabus.data.Inventory;
import io.syllabus.data.SourceRole;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.report.Console;
import io.syllabus.select.SelectionRule;
import io.syllabus.spark.ingest.Ingest;
import io.syllabus.spark.ingest.IngestedImages;
import io.syllabus.spark.ingest.Sources;
import io.syllabus.spark.ingest.Splitting;
import io.syllabus.spark.train.FreshNetworks;
import io.syllabus.spark.train.Models;
import io.syllabus.spark.train.RandomImages;
import io.syllabus.store.Store;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.io.FileUtils;

/**
 * Pools of many small JPEGs, each in a tar, and what a pool passes through before a network trains
 * on it: ingest, split, score, select.
 */
public final class LargePool implements AutoCloseable {
  private static final int WORKERS = 2;
  private static final int DISTINCT = 500;
  private static final int LABELED_PER_CLASS = 20;

  private final Path folder;

  /**
   * What a pass took.
   *
   * @param ingestAndSplit until it is known what each image is used for
   * @param scoreAndSelect from there until the scores are in the store
   */
  public record Seconds(double ingestAndSplit, double scoreAndSelect) {
    public double all() {
      return ingestAndSplit + scoreAndSelect;
    }
  }

  /**
   * @param folder in which {@link #write} left pools
   */
  public LargePool(Path folder) {
    this.folder = folder;
  }

  /** Writes a pool of so many images, unless it is there. */
  public static void write(Path folder, int images) throws IOException {
    Path tar = tar(folder, images);
    if (Files.exists(tar)) {
      return;
    }
    List<byte[]> distinct = jpegs();
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(tar), 1 << 16);
        TarArchiveOutputStream out = new TarArchiveOutputStream(file, "UTF-8")) {
      for (int i = 0; i < images; i++) {
        byte[] jpeg = distinct.get(i % DISTINCT);
        // What follows the end mark is no part of the image: it makes the files differ.
        byte[] content =
            ByteBuffer.allocate(jpeg.length + Integer.BYTES).put(jpeg).putInt(i).array();
        TarArchiveEntry entry = new TarArchiveEntry(String.format("pool/%08d.jpg", i));
        entry.setSize(content.length);
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
      }
    }
  }

  private static Path tar(Path folder, int images) {
    return folder.resolve("pool-" + images + ".tar");
  }

  private static List<byte[]> jpegs() throws IOException {
    DigitImages digits = new DigitImages(1, RandomImages.IMAGE_SIZE);
    List<byte[]> jpegs = new ArrayList<>();
    for (int i = 0; i < DISTINCT; i++) {
      ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
      ImageIO.write(digits.draw(i % RandomImages.CLASSES, i), "jpg", jpeg);
      jpegs.add(jpeg.toByteArray());
    }
    return jpegs;
  }

  /** Takes the pool of so many images through, with small-cnn as it begins, in a new store. */
  public Seconds pass(int images) {
    try {
      Path home = Files.createTempDirectory(folder, "store");
      try {
        return pass(
            images,
            LocalSpark.settings(
                "store=" + home,
                "data.image-size=" + RandomImages.IMAGE_SIZE,
                "data.shards=16",
                "data.generate.train-per-class=" + LABELED_PER_CLASS,
                "data.generate.test-per-class=0",
                "data.split.labeled-per-class=0",
                "data.split.pool-per-class=0",
                "data.unlabeled=" + tar(folder, images),
                "scoring.batch-size=128"));
      } finally {
        FileUtils.deleteDirectory(home.toFile());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Seconds pass(int images, Settings settings) throws IOException {
    Store store = Store.at(settings.store(), LocalSpark.hadoop());
    Store.Run run = store.run("growth");
    Map<SourceRole, ImageSource> sources =
        new Sources(settings, store, LocalSpark.hadoop()).find(Console.silent());
    NetworkSnapshot fresh =
        NetworkSnapshot.of(FreshNetworks.of(Architecture.SMALL_CNN, Engine.ONEDNN));
    Model model = Models.write(fresh, run.model(0), LocalSpark.hadoop());
    long began = System.nanoTime();
    Inventory inventory =
        new Ingest(LocalSpark.session(), store, "growth", settings.data())
            .run(sources, Console.silent())
            .inventory();
    Splitting.of(LocalSpark.session(), settings)
        .run(store.examples(), 0, LocalSpark.nobodyAsked(), run.split());
    long split = System.nanoTime();
    IngestedImages ingested =
        new IngestedImages(inventory.classes(), images, inventory.unreadable(), 1, 0);
    try (SparkStages stages =
        new SparkStages(LocalSpark.session(), settings, run, WORKERS, ingested, Console.silent())) {
      stages.scoreAndSelect(1, model, SelectionRule.of(settings.curriculum()));
    }
    return new Seconds((split - began) / 1e9, (System.nanoTime() - split) / 1e9);
  }

  @Override
  public void close() {
    LocalSpark.stop();
  }
}
