package io.syllabus.network.onednn;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.stream;

/**
 * The oneDNN library of this JVM. How many threads serve a caller is OMP_NUM_THREADS' to say, as it
 * is for ND4J.
 */
final class OneDnn {
  private static final ThreadLocal<stream> STREAM =
      ThreadLocal.withInitial(() -> new stream(cpu()));

  private OneDnn() {}

  /** Whether the native library is there for this platform. */
  static boolean isLoaded() {
    try {
      return !cpu().isNull();
    } catch (LinkageError missing) {
      return false;
    }
  }

  static engine cpu() {
    return Cpu.ENGINE;
  }

  /** The calling thread's stream. */
  static stream stream() {
    return STREAM.get();
  }

  private static final class Cpu {
    static final engine ENGINE = new engine(engine.kind.cpu, 0);
  }
}
