package io.syllabus.spark.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.config.NetworkSettings.Engine;
import io.syllabus.network.Blueprint;
import io.syllabus.network.NetworkDesign;
import io.syllabus.network.Sgd;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;

class KeptNetworksTest {
  private static final NetworkDesign DESIGN = design(1);

  @Test
  void givesOneNetworkToOneTakerAtATime() {
    ComputationGraph first = KeptNetworks.take(DESIGN);
    ComputationGraph second = KeptNetworks.take(DESIGN);
    assertThat(second).isNotSameAs(first);

    KeptNetworks.giveBack(DESIGN, first);

    assertThat(KeptNetworks.take(DESIGN)).isSameAs(first);
    assertThat(KeptNetworks.take(DESIGN)).isNotSameAs(first);
  }

  @Test
  void keepsNoneOfAnotherDesign() {
    ComputationGraph before = KeptNetworks.take(DESIGN);
    KeptNetworks.giveBack(DESIGN, before);

    KeptNetworks.giveBack(design(2), KeptNetworks.take(design(2)));

    assertThat(before.params().wasClosed()).isTrue();
    assertThat(KeptNetworks.take(DESIGN)).isNotSameAs(before);
  }

  @Test
  void closesWhatComesBackTooLate() {
    ComputationGraph late = KeptNetworks.take(DESIGN);
    KeptNetworks.take(design(2));

    KeptNetworks.giveBack(DESIGN, late);

    assertThat(late.params().wasClosed()).isTrue();
  }

  private static NetworkDesign design(long seed) {
    return new NetworkDesign(
        Blueprint.of(Architecture.SMALL_CNN, 8, 2), Sgd.of(0.1, 0.9, 0, 1), seed, Engine.ONEDNN);
  }
}
