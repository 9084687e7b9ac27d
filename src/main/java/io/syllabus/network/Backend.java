package io.syllabus.network;

import io.syllabus.Text;
import io.syllabus.natives.Natives;
import io.syllabus.network.onednn.OneDnnGraph;
import org.deeplearning4j.nn.layers.mkldnn.BaseMKLDNNHelper;
import org.nd4j.linalg.cpu.nativecpu.CpuBackend;
import org.nd4j.linalg.factory.Nd4j;

/** What computes: ND4J's backend, and whether Deeplearning4j's layers use oneDNN on it. */
public record Backend(boolean oneDnn, String description) {
  private static final String HELPERS_DISABLED = "org.eclipse.deeplearning4j.helpers.disable";
  private static final String NO_PROGRAMS =
      "org.bytedeco:dnnl has no library for this platform: networks are computed layer by layer,"
          + " about half as fast";
  // A collection stops all workers for some tenths of a second: every 5 seconds it cost 4 %. What
  // holds much native memory frees it itself.
  private static final int GARBAGE_COLLECTION_MILLIS = 60_000;

  /**
   * Finds out what computes in this JVM, and has ND4J free native memory in time: Java's collector
   * cannot see how much of it waits for collection.
   */
  public static Backend start() {
    Natives.prepare();
    Nd4j.getMemoryManager().setAutoGcWindow(GARBAGE_COLLECTION_MILLIS);
    Nd4j.getMemoryManager().togglePeriodicGc(true);
    if (!(Nd4j.getBackend() instanceof CpuBackend)) {
      return new Backend(
          false, "ND4J's backend is " + Nd4j.getBackend().getClass().getSimpleName());
    }
    String threads = System.getenv("OMP_NUM_THREADS");
    // The property's default is "true" (DL4J's HelperUtils), so a missing one switches off.
    if (Boolean.parseBoolean(System.getProperty(HELPERS_DISABLED, "true"))) {
      return new Backend(
          false,
          Text.format(
              "oneDNN is OFF, training is about 5 times slower: start Java with -D%s=false",
              HELPERS_DISABLED));
    }
    if (!BaseMKLDNNHelper.mklDnnEnabled()) {
      return new Backend(
          false,
          "oneDNN is OFF, training is about 5 times slower: the classpath lacks nd4j-native's"
              + " oneDNN classifier, or Syllabus's class org.nd4j.nativeblas.Nd4jCpu");
    }
    return new Backend(
        true,
        Text.format(
            "oneDNN is on, native threads of a worker: %s%s",
            threads == null ? "all" : threads,
            OneDnnGraph.isAvailable() ? "" : ", but " + NO_PROGRAMS));
  }
}
