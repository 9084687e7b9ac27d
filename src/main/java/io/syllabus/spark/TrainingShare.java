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
  static TrainingShare of(Iterator<ShardExamples> shards, Iterator<Score> selected) {
    Map<Integer, List<Score>> byShard = new HashMap<>();
    selected.forEachRemaining(
        score -> byShard.computeIfAbsent(score.shard(), s -> new ArrayList<>()).add(score));
    List<Example> examples = new ArrayList<>();
    shards.forEachRemaining(
        shard -> {
          for (ShardExamples.Row row : shard.rows(Split.LABELED)) {
            examples.add(new Example(shard.pixels(), row.record(), row.truth()));
          }
          Map<String, Integer> pseudoLabels = new HashMap<>();
          for (Score score : byShard.getOrDefault(shard.pixels().shard(), List.of())) {
            pseudoLabels.put(score.id(), score.prediction().label());
          }
          for (ShardExamples.Row row : shard.rows(Split.POOL)) {
            Integer label = pseudoLabels.get(row.id());
            if (label != null) {
              examples.add(new Example(shard.pixels(), row.record(), label));
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
