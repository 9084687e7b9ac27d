package io.syllabus.spark;

import io.syllabus.data.Split;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What one worker trains on in one cycle: places of images and their labels, without pixels. */
final class TrainingShare implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * One training example.
   *
   * @param label true or pseudo
   */
  record Example(PixelFile file, int record, int label) implements Serializable {}

  private final List<Example> examples;

  TrainingShare(List<Example> examples) {
    this.examples = List.copyOf(examples);
  }

  /** The true labels of a worker's shards, and the pseudo-labels given, joined by id. */
  static TrainingShare of(Iterator<ShardExamples> shards, Iterator<PseudoLabel> selected) {
    Map<Integer, Map<String, Integer>> pseudoLabels = new HashMap<>();
    selected.forEachRemaining(
        image ->
            pseudoLabels
                .computeIfAbsent(image.shard(), shard -> new HashMap<>())
                .put(image.id(), image.label()));
    List<Example> examples = new ArrayList<>();
    shards.forEachRemaining(
        shard -> {
          PixelFile pixels = shard.pixels();
          for (ShardExamples.Row row : shard.rows(Split.LABELED)) {
            examples.add(new Example(pixels, row.record(), row.truth()));
          }
          Map<String, Integer> ofShard = pseudoLabels.getOrDefault(pixels.shard(), Map.of());
          for (ShardExamples.Row row : shard.rows(Split.POOL)) {
            Integer label = ofShard.get(row.id());
            if (label != null) {
              examples.add(new Example(pixels, row.record(), label));
            }
          }
        });
    return new TrainingShare(examples);
  }

  int size() {
    return examples.size();
  }

  Example get(int index) {
    return examples.get(index);
  }

  /** How many examples have each label. */
  long[] countByLabel(int classes) {
    long[] counts = new long[classes];
    for (Example example : examples) {
      counts[example.label()]++;
    }
    return counts;
  }
}
