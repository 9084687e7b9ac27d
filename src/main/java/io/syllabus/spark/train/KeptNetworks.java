package io.syllabus.spark.train;

import io.syllabus.network.NetworkDesign;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The networks that this JVM's workers keep from one round to the next: to build one takes as long
 * as to train several minibatches. Kept are networks of one design, the last that was asked for.
 */
final class KeptNetworks {
  private static final Deque<ComputationGraph> IDLE = new ArrayDeque<>();
  private static Optional<NetworkDesign> kept = Optional.empty();

  private KeptNetworks() {}

  /** A network that nobody else has, in whatever state its last user left it. */
  static ComputationGraph take(NetworkDesign design) {
    return idle(design).orElseGet(design::fresh);
  }

  private static synchronized Optional<ComputationGraph> idle(NetworkDesign design) {
    if (!kept.equals(Optional.of(design))) {
      IDLE.forEach(ComputationGraph::close);
      IDLE.clear();
      kept = Optional.of(design);
    }
    return Optional.ofNullable(IDLE.poll());
  }

  /** Takes a network back. */
  static synchronized void giveBack(NetworkDesign design, ComputationGraph network) {
    if (kept.equals(Optional.of(design))) {
      IDLE.push(network);
    } else {
      network.close();
    }
  }
}
