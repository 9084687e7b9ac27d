package io.syllabus.spark.train;

import io.syllabus.network.NetworkSnapshot;
import io.syllabus.spark.score.Scoring;
import io.syllabus.spark.shard.TrainingShare;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A training set whose pool images have the probabilities that a network gave them last. They stay
 * on the workers; a share that is lost is made again, so that the network stays until the next one
 * has labeled.
 */
final class SoftLabels implements AutoCloseable {
  private final JavaSparkContext context;
  private final TrainingSet set;
  private final Scoring scoring;
  private Optional<Labeled> labeled = Optional.empty();

  /** A set that a network labeled. */
  private record Labeled(TrainingSet set, Broadcast<NetworkSnapshot> network) {
    void close() {
      set.close();
      network.destroy();
    }
  }

  SoftLabels(JavaSparkContext context, TrainingSet set, Scoring scoring) {
    this.context = context;
    this.set = set;
    this.scoring = scoring;
  }

  /** Labels the pool anew. */
  void relabel(NetworkSnapshot network) {
    Broadcast<NetworkSnapshot> shipped = context.broadcast(network);
    Labeled next = new Labeled(set.softened(scoring.softLabels(shipped)), shipped);
    close();
    labeled = Optional.of(next);
  }

  /** A share a worker; with the labels that the set came with before any network labeled it. */
  JavaRDD<TrainingShare> shares() {
    return labeled.map(Labeled::set).orElse(set).shares();
  }

  @Override
  public void close() {
    labeled.ifPresent(Labeled::close);
    labeled = Optional.empty();
  }
}
