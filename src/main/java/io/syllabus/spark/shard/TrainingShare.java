package io.syllabus.spark.shard;

import io.syllabus.data.Split;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one worker trains on in one cycle: places of images and their labels, without pixels. */
public final class TrainingShare implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * One training example.
   *
   * @param label true or pseudo
   */
  public record Example(PixelFile file, int record, int label) implements Serializable {}

  /**
   * What a network says of a pool image.
   *
   * @param record where the shard has the image
   * @param probabilities one a class
   */
  public record SoftLabel(int shard, int record, float[] probabilities) implements Serializable {}

  private final List<Example> labeled;
  private final List<Example> pseudo;
  private final List<float[]> softLabels;

  private TrainingShare(List<Example> labeled, List<Example> pseudo, List<float[]> softLabels) {
    this.labeled = List.copyOf(labeled);
    this.pseudo = List.copyOf(pseudo);
    this.softLabels = List.copyOf(softLabels);
  }

  /** Examples whose labels are true. */
  public TrainingShare(List<Example> labeled) {
    this(labeled, List.of(), List.of());
  }

  /** The true labels of a worker's shards, and the pseudo-labels given, joined by id. */
  public static TrainingShare of(Iterator<ShardExamples> shards, Iterator<PseudoLabel> selected) {
    Map<Integer, Map<String, Integer>> pseudoLabels = new HashMap<>();
    selected.forEachRemaining(
        image ->
            pseudoLabels
                .computeIfAbsent(image.shard(), shard -> new HashMap<>())
                .put(image.id(), image.label()));
    List<Example> labeled = new ArrayList<>();
    List<Example> pseudo = new ArrayList<>();
    shards.forEachRemaining(
        shard -> {
          PixelFile pixels = shard.pixels();
          for (ShardExamples.Row row : shard.rows(Split.LABELED)) {
            labeled.add(new Example(pixels, row.record(), row.truth()));
          }
          Map<String, Integer> ofShard = pseudoLabels.getOrDefault(pixels.shard(), Map.of());
          for (ShardExamples.Row row : shard.rows(Split.POOL)) {
            Integer label = ofShard.get(row.id());
            if (label != null) {
              pseudo.add(new Example(pixels, row.record(), label));
            }
          }
        });
    return new TrainingShare(labeled, pseudo, List.of());
  }

  /**
   * The same examples, those with pseudo-labels each as probable of every class as a network says.
   *
   * @param said of every pool image of the worker's shards, in any order
   */
  public TrainingShare softened(Iterator<SoftLabel> said) {
    Map<Integer, Map<Integer, float[]>> byShard = new HashMap<>();
    said.forEachRemaining(
        label ->
            byShard
                .computeIfAbsent(label.shard, shard -> new HashMap<>())
                .put(label.record, label.probabilities));
    List<float[]> soft = new ArrayList<>();
    for (Example example : pseudo) {
      soft.add(byShard.get(example.file.shard()).get(example.record));
    }
    return new TrainingShare(labeled, pseudo, soft);
  }

  /** All examples: true labels come before pseudo-labels. */
  public int size() {
    return labeled.size() + pseudo.size();
  }

  /** Examples with true labels. */
  public int labeledSize() {
    return labeled.size();
  }

  /** An example; those with true labels come first. */
  public Example get(int index) {
    return index < labeled.size() ? labeled.get(index) : pseudo.get(index - labeled.size());
  }

  /** The probabilities that an example is trained on; empty where it has one label. */
  public Optional<float[]> softLabel(int index) {
    return index < labeled.size() || softLabels.isEmpty()
        ? Optional.empty()
        : Optional.of(softLabels.get(index - labeled.size()));
  }

  /** How many examples have each label. */
  public long[] countByLabel(int classes) {
    long[] counts = new long[classes];
    for (int i = 0; i < size(); i++) {
      counts[get(i).label()]++;
    }
    return counts;
  }
}
