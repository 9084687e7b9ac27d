package io.syllabus.benchmark;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How a side's JVM is started. What it computes with is fixed from then on. */
enum Jvm {
  /** As the launchers in {@code jobs/} start it: oneDNN on, one native thread a worker. */
  SYLLABUS,
  /** The same in a heap of 512 MB. */
  SMALL_HEAP,
  /** As Deeplearning4j is without further options: oneDNN off, all native threads. */
  AS_SHIPPED;

  private static final String HELPERS_DISABLED = "-Dorg.eclipse.deeplearning4j.helpers.disable";

  /** Of the launcher's options, those that this JVM is started with. */
  List<String> options(List<String> launchers) {
    return switch (this) {
      case SYLLABUS -> launchers;
      case SMALL_HEAP -> Stream.concat(launchers.stream(), Stream.of("-Xmx512m")).toList();
      case AS_SHIPPED ->
          launchers.stream().filter(option -> !option.startsWith(HELPERS_DISABLED)).toList();
    };
  }

  void prepare(Map<String, String> environment) {
    if (this != AS_SHIPPED) {
      environment.put("OMP_NUM_THREADS", "1");
    } else {
      environment.remove("OMP_NUM_THREADS");
    }
  }
}
