package io.syllabus.network;

import static io.syllabus.Checks.require;

import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A learning rate that falls from its initial value to 0 along half a cosine, step by step: {@code
 * initial · (1 + cos(π · step / steps)) / 2} (Loshchilov, Hutter: "SGDR", ICLR 2017, without warm
 * restarts).
 *
 * @param initial the learning rate of step 0
 * @param steps optimizer steps until the rate is 0, positive
 */
public record CosineSchedule(
    @JsonProperty("initial") double initial, @JsonProperty("steps") int steps)
    implements ISchedule {
  private static final long serialVersionUID = 1L;

  public CosineSchedule {
    require(initial > 0, "initial must be positive, found: %s", initial);
    require(steps > 0, "steps must be positive, found: %s", steps);
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    double progress = Math.min(1.0, (double) iteration / steps);
    return initial * (1 + Math.cos(Math.PI * progress)) / 2;
  }

  @Override
  @SuppressWarnings("MissingSuperCall") // a record has no mutable state to copy
  public ISchedule clone() {
    return this;
  }
}
