package io.syllabus.spark.train;

import io.syllabus.Seeds;
import io.syllabus.augment.Augmentation;
import io.syllabus.network.Minibatch;
import io.syllabus.spark.shard.PixelFile;
import io.syllabus.spark.shard.TrainingShare;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * One worker's minibatches of one round, made when they are asked for: read, augment, collect. The
 * order is a permutation of the worker's share, drawn anew each epoch; where the share is shorter
 * than the epoch it begins again. Where the recipe wants a number of true labels in each minibatch,
 * these and the pseudo-labels have an order each. Holds one minibatch.
 */
final class MinibatchStream implements Iterator<MultiDataSet>, AutoCloseable {
  private final Recipe recipe;
  private final Round round;
  private final int worker;
  private final TrainingShare share;
  private final float[] classWeights;
  private final Configuration hadoop;
  private final Augmentation augmentation;
  private final List<Lane> lanes;
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
    this.augmentation =
        Augmentation.of(
            recipe.augmentation(),
            recipe.framing(),
            Seeds.derive(recipe.seed(), "policy", round.cycle()));
    this.lanes = lanes();
    this.image = new byte[recipe.framing().storedBytes()];
    this.augmented = new byte[recipe.framing().takenBytes()];
    this.minibatch = new Minibatch(recipe.batchSize(), recipe.imageSize(), recipe.classes());
    this.minibatch.smoothLabels(recipe.labelSmoothing());
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
    for (Lane lane : lanes) {
      for (int i = 0; i < lane.perMinibatch; i++) {
        add(lane.example(next, i), random);
      }
    }
    SplittableRandom mixing = random("mixup", next);
    next++;
    return recipe.mixupAlpha() > 0
        ? minibatch.mixed(recipe.mixupAlpha(), mixing)
        : minibatch.toMultiDataSet();
  }

  private void add(int index, SplittableRandom random) {
    TrainingShare.Example example = share.get(index);
    read(example);
    augmentation.apply(image, random, augmented);
    Optional<float[]> probabilities = share.softLabel(index);
    if (probabilities.isPresent()) {
      minibatch.add(augmented, probabilities.get());
    } else {
      minibatch.add(augmented, example.label(), classWeights[example.label()]);
    }
  }

  // One of all examples, or one of the true labels and one of the pseudo-labels.
  private List<Lane> lanes() {
    int labeled = share.labeledSize();
    int pseudo = share.size() - labeled;
    int perMinibatch = recipe.labeledPerMinibatch();
    if (perMinibatch == 0 || labeled == 0 || pseudo == 0) {
      return List.of(lane("order", 0, share.size(), recipe.batchSize()));
    }
    return List.of(
        lane("order of labels", 0, labeled, perMinibatch),
        lane("order", labeled, pseudo, recipe.batchSize() - perMinibatch));
  }

  private Lane lane(String purpose, int first, int size, int perMinibatch) {
    int[] order = EpochOrder.of(worker, purpose, Seeds.derive(epochSeed("order"), purpose), size);
    return new Lane(order, first, perMinibatch);
  }

  /**
   * Examples that are taken one after another, so many of them for each minibatch.
   *
   * @param order of the examples
   * @param first number of the example that the order calls 0
   */
  @SuppressWarnings("ArrayRecordComponent") // shared by all streams of an epoch, as it is
  private record Lane(int[] order, int first, int perMinibatch) {
    int example(int minibatch, int place) {
      long position = (long) minibatch * perMinibatch + place;
      return first + order[(int) (position % order.length)];
    }
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
