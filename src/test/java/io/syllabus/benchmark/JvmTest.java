package io.syllabus.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JvmTest {
  private static final List<String> LAUNCHERS =
      List.of("-Dorg.eclipse.deeplearning4j.helpers.disable=false", "-Xmx4g");

  @Test
  void oursHasOneDnnAndOneThreadAWorker() {
    Map<String, String> environment = new HashMap<>();
    Jvm.SYLLABUS.prepare(environment);

    assertThat(Jvm.SYLLABUS.options(LAUNCHERS)).isEqualTo(LAUNCHERS);
    assertThat(environment).containsEntry("OMP_NUM_THREADS", "1");
  }

  @Test
  void aSmallHeapGoesOverTheLaunchersOwn() {
    assertThat(Jvm.SMALL_HEAP.options(LAUNCHERS)).containsSequence(LAUNCHERS).endsWith("-Xmx512m");
  }

  @Test
  void asShippedNothingSwitchesOneDnnOnOrLimitsThreads() {
    Map<String, String> environment = new HashMap<>(Map.of("OMP_NUM_THREADS", "1"));
    Jvm.AS_SHIPPED.prepare(environment);

    assertThat(Jvm.AS_SHIPPED.options(LAUNCHERS)).containsExactly("-Xmx4g");
    assertThat(environment).isEmpty();
  }
}
