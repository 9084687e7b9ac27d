package io.syllabus.data;

import io.syllabus.config.DataSettings;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * Which classes of the labeled source have labels, and which the pool is made of. Where they
 * differ, the pool holds images that no label fits: it is out of the labels' distribution.
 *
 * @param labeled classes that are labeled, validated and tested on; all where it is empty
 * @param pool classes whose images make the pool; all where it is empty
 */
public record ClassChoice(Set<String> labeled, Set<String> pool) implements Serializable {
  public ClassChoice {
    labeled = Set.copyOf(labeled);
    pool = Set.copyOf(pool);
  }

  /** The choice that settings make. */
  public static ClassChoice of(DataSettings data) {
    return new ClassChoice(
        Set.copyOf(data.split().labeledClasses()), Set.copyOf(data.split().unlabeledClasses()));
  }

  /** Whether a class is one of the labels. */
  public boolean isLabel(String className) {
    return labeled.isEmpty() || labeled.contains(className);
  }

  /** Whether the pool has images of a class. */
  public boolean isInPool(String className) {
    return pool.isEmpty() || pool.contains(className);
  }

  /** The labels among the given classes, in their order. */
  public List<String> labels(List<String> classes) {
    return classes.stream().filter(this::isLabel).toList();
  }

  /**
   * The split of an image of the labeled source. A class without labels gives the pool as many
   * images as one with them.
   *
   * @param rank of the image among those of its class, from 0
   * @param ofClass how many images its class has
   */
  public Split split(SplitRule rule, String className, long rank, long ofClass) {
    if (!isLabel(className)) {
      boolean taken = rule.restIsPool() || rank < rule.poolPerClass();
      return taken && isInPool(className) ? Split.POOL : Split.UNUSED;
    }
    Split split = rule.split(rank, ofClass);
    return split == Split.POOL && !isInPool(className) ? Split.UNUSED : split;
  }
}
