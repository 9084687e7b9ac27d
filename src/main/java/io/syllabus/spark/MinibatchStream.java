package io.syllabus.spark;

import io.syllabus.Seeds;
import io.syllabus.augment.Augmentation;
import io.syllabus.network.Minibatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * One worker's minibatches of one round, made when they are asked for: read, augment, collect. The
 * order is a permutation of the worker's share, drawn anew each epoch; where the share is shorter
 * than the epoch it begins again. Holds one minibatch.
 */
final class MinibatchStream implements Iterator<MultiDataSet>, AutoCloseable {
  private final Recipe recipe;
  private final Round round;
  private final int worker;
  private final TrainingShare share;
  private final float[] classWeights;
  private final Configuration hadoop;
  private final Augmentation augmentation;
  private final int[] order;
  private final byte[] image;
  private final byte[] augmented;
  private final Map<String, PixelFile.Reader> readers = new HashMap<>();
  private final Minibatch minibatch;
  private int next;

  /**
   * @param classWeights how much an example of each class weighs
   */
  MinibatchStream(
      Recipe recipe,
      Round round,
      int worker,
      TrainingShare share,
      float[] classWeights,
      Configuration hadoop) {
    this.recipe = recipe;
    this.round = round;
    this.worker = worker;
    this.share = share;
    this.classWeights = classWeights;
    this.hadoop = hadoop;
    this.augmentation = Augmentation.of(recipe.augmentation());
    this.order = EpochOrder.of(worker, Seeds.derive(epochSeed("order"), "order"), share.size());
    this.image = new byte[3 * recipe.imageSize() * recipe.imageSize()];
    this.augmented = new byte[image.length];
    this.minibatch = new Minibatch(recipe.batchSize(), recipe.imageSize(), recipe.classes());
    this.next = round.first();
  }

  @Override
  public boolean hasNext() {
    boolean more = next < round.end();
    if (!more) {
      close();
    }
    return more;
  }

  @Override
  public MultiDataSet next() {
    if (next >= round.end()) {
      throw new NoSuchElementException();
    }
    minibatch.clear();
    SplittableRandom random = random("augment", next);
    long from = (long) next * recipe.batchSize();
    for (int i = 0; i < recipe.batchSize(); i++) {
      TrainingShare.Example example = share.get(order[(int) ((from + i) % order.length)]);
      read(example);
      augmentation.apply(image, recipe.imageSize(), random, augmented);
      minibatch.add(augmented, example.label(), classWeights[example.label()]);
    }
    next++;
    return minibatch.toMultiDataSet();
  }

  @Override
  public void close() {
    for (PixelFile.Reader reader : readers.values()) {
      try {
        reader.close();
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot close a pixel file", e);
      }
    }
    readers.clear();
  }

  private SplittableRandom random(String purpose, long... place) {
    return Seeds.random(epochSeed(purpose), purpose, place);
  }

  private long epochSeed(String purpose) {
    return Seeds.derive(recipe.seed(), purpose, round.cycle(), round.epoch(), worker);
  }

  private void read(TrainingShare.Example example) {
    try {
      PixelFile.Reader reader = readers.get(example.file().path());
      if (reader == null) {
        reader = new PixelFile.Reader(example.file(), hadoop);
        readers.put(example.file().path(), reader);
      }
      reader.read(example.record(), image);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + example.file().path(), e);
    }
  }
}
