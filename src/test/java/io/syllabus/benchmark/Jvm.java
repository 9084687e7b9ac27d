package io.syllabus.benchmark;

import java.util.List;
import java.util.Map;

/** How a side's JVM is started. What it computes with is fixed from then on. */
enum Jvm {
  /** As the launchers in {@code jobs/} start it: oneDNN on, one native thread a worker. */
  SYLLABUS,
  /** As Deeplearning4j is without further options: oneDNN off, all native threads. */
  AS_SHIPPED;

  private static final String HELPERS_DISABLED = "-Dorg.eclipse.deeplearning4j.helpers.disable";

  /** Of the launcher's options, those that this JVM is started with. */
  List<String> options(List<String> launchers) {
    return launchers.stream()
        .filter(option -> this == SYLLABUS || !option.startsWith(HELPERS_DISABLED))
        .toList();
  }

  void prepare(Map<String, String> environment) {
    if (this == SYLLABUS) {
      environment.put("OMP_NUM_THREADS", "1");
    } else {
      environment.remove("OMP_NUM_THREADS");
    }
  }
}
