package org.nd4j.nativeblas;

/**
 * Tells Deeplearning4j that ND4J's native library uses oneDNN.
 *
 * <p>ND4J 1.0.0-M2.1 moved this class to another package, and Deeplearning4j still looks for it
 * here, by reflection (BaseMKLDNNHelper.mklDnnEnabled); where it is missing, every layer silently
 * takes the slow built-in path. The oneDNN classifier in pom.xml makes the answer true.
 */
public final class Nd4jCpu {
  private Nd4jCpu() {}

  /** The one question that Deeplearning4j asks. */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    public static Environment getInstance() {
      return INSTANCE;
    }

    public boolean isUseMKLDNN() {
      return true;
    }
  }
}
