package io.syllabus.network.onednn;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.primitive_attr;
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

  /**
   * What every primitive of a program is made with. By default oneDNN gives a primitive scratch
   * memory of the thread that makes it, and another thread that runs it writes to its own, which
   * may be too small or not there; so a program hands it memory of the program's.
   */
  static primitive_attr attributes() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
    return attributes;
  }

  private static final class Cpu {
    static final engine ENGINE = new engine(engine.kind.cpu, 0);
  }
}
