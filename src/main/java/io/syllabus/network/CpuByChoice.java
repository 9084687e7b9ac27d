package io.syllabus.network;

import org.nd4j.linalg.cpu.nativecpu.CpuBackend;

/**
 * ND4J's backend for processors where a build has CUDA, too, and shall not use it: ND4J takes the
 * available backend of highest priority, and would load CUDA for GPUs that its kernels cannot run
 * on. Available once it is {@link #prefer preferred}, which must come before ND4J is touched.
 */
public final class CpuByChoice extends CpuBackend {
  private static volatile boolean preferred;

  static void prefer() {
    preferred = true;
  }

  @Override
  public boolean isAvailable() {
    return preferred && super.isAvailable();
  }

  @Override
  public int getPriority() {
    return Integer.MAX_VALUE;
  }
}
