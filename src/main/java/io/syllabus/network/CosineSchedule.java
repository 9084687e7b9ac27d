package io.syllabus.network;

import static io.syllabus.Checks.require;

import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A learning rate that falls along half a cosine, step by step: {@code initial · (1 + cos(π · step
 * / steps)) / 2} (Loshchilov, Hutter: "SGDR", ICLR 2017, without warm restarts). In the first steps
 * it is that times {@code (step + 1) / warmUpSteps} (Goyal et al.: "Accurate, Large Minibatch SGD",
 * 2017).
 *
 * @param initial the rate that step 0 has without warm-up
 * @param warmUpSteps steps until the rate is whole; 0 or 1 for no warm-up
 * @param steps optimizer steps until the rate is 0, positive
 */
public record CosineSchedule(
    @JsonProperty("initial") double initial,
    @JsonProperty("warmUpSteps") int warmUpSteps,
    @JsonProperty("steps") long steps)
    implements ISchedule {
  private static final long serialVersionUID = 1L;

  public CosineSchedule {
    require(initial > 0, "initial must be positive, found: %s", initial);
    require(warmUpSteps >= 0, "warmUpSteps must not be negative, found: %s", warmUpSteps);
    require(steps > 0, "steps must be positive, found: %s", steps);
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    double progress = Math.min(1.0, (double) iteration / steps);
    double warmth = Math.min(1.0, (iteration + 1.0) / Math.max(1, warmUpSteps));
    return initial * warmth * (1 + Math.cos(Math.PI * progress)) / 2;
  }

  @Override
  @SuppressWarnings("MissingSuperCall") // a record has no mutable state to copy
  public ISchedule clone() {
    return this;
  }
}
