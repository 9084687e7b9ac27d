package io.syllabus.data;

import io.syllabus.Text;
import io.syllabus.config.DataSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an ingest found: how many images of each class in each source, and what it had to reject. As
 * large as the number of classes, whatever the number of images. Not thread-safe.
 */
public final class Inventory implements Serializable {
  private static final long serialVersionUID = 1L;

  private final EnumMap<SourceRole, TreeMap<String, Long>> images = new EnumMap<>(SourceRole.class);
  private long unreadable;
  private Rejected firstUnreadable;
  private long wrongSize;
  private Rejected firstWrongSize;

  /** Counts an image that was taken; its class is empty where it has none. */
  public void add(SourceRole role, String className) {
    images.computeIfAbsent(role, r -> new TreeMap<>()).merge(className, 1L, Long::sum);
  }

  /** Counts an image that was not. */
  public void add(Rejected rejected) {
    if (rejected.wrongSize()) {
      wrongSize++;
      firstWrongSize = first(firstWrongSize, rejected);
    } else {
      unreadable++;
      firstUnreadable = first(firstUnreadable, rejected);
    }
  }

  /** Adds what another part of the ingest found. */
  public Inventory merge(Inventory other) {
    other.images.forEach(
        (role, classes) ->
            classes.forEach(
                (name, count) ->
                    images
                        .computeIfAbsent(role, r -> new TreeMap<>())
                        .merge(name, count, Long::sum)));
    unreadable += other.unreadable;
    wrongSize += other.wrongSize;
    firstUnreadable = first(firstUnreadable, other.firstUnreadable);
    firstWrongSize = first(firstWrongSize, other.firstWrongSize);
    return this;
  }

  /** The classes of the labeled source, sorted. */
  public List<String> classes() {
    return List.copyOf(of(SourceRole.LABELED).keySet());
  }

  /** How many images of the role were taken. */
  public long images(SourceRole role) {
    return of(role).values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many images were taken from all sources. */
  public long images() {
    long sum = 0;
    for (SourceRole role : SourceRole.values()) {
      sum += images(role);
    }
    return sum;
  }

  /** How many images could not be read. */
  public long unreadable() {
    return unreadable;
  }

  /** How many images were not taken, for whatever reason. */
  public long rejected() {
    return unreadable + wrongSize;
  }

  /**
   * Refuses data that no run can work with.
   *
   * @throws BadDataException with the first thing that is wrong and what mends it
   */
  public void check(DataSettings data) {
    checkSizes(data);
    checkReadable(data);
    checkClassNames(data);
    checkClasses(SplitRule.of(data), data);
    checkLabelsKnown(SourceRole.VALIDATION, "data.validation");
    checkLabelsKnown(SourceRole.TEST, "data.test");
    if (!data.split().hidesLabels() && images(SourceRole.UNLABELED) == 0) {
      throw new BadDataException(
          Text.format(
              "The pool is empty: data.unlabeled (%s) holds no image",
              data.unlabeled().orElse("not set")));
    }
  }

  private void checkSizes(DataSettings data) {
    if (wrongSize > 0) {
      throw new BadDataException(
          Text.format(
              "%,d images are not %d×%d pixels, such as %s (%s): set data.resize to crop or scale,"
                  + " or data.image-size to their size",
              wrongSize,
              data.sideStored(),
              data.sideStored(),
              firstWrongSize.location(),
              firstWrongSize.reason()));
    }
  }

  private void checkReadable(DataSettings data) {
    double fraction = (double) unreadable / Math.max(1, unreadable + images());
    if (unreadable > 0 && fraction > data.maxBadFraction()) {
      throw new BadDataException(
          Text.format(
              "%,d of %,d images could not be read, such as %s (%s); data.max-bad-fraction allows"
                  + " %s of them: mend or remove them, the store's quarantine table lists each",
              unreadable,
              unreadable + images(),
              firstUnreadable.location(),
              firstUnreadable.reason(),
              data.maxBadFraction()));
    }
  }

  private void checkClasses(SplitRule rule, DataSettings data) {
    Map<String, Long> classes = of(SourceRole.LABELED);
    String source = labeledSource(data);
    if (classes.isEmpty()) {
      throw new BadDataException(
          Text.format("No labels: %s holds no image in a class folder", source));
    }
    if (classes.size() == 1) {
      throw new BadDataException(
          Text.format(
              "%s holds one class only, %s: a classifier needs two or more",
              source, classes.keySet().iterator().next()));
    }
    List<String> tooFew = new ArrayList<>();
    ClassChoice choice = ClassChoice.of(data);
    classes.forEach(
        (name, count) -> {
          long least = choice.isLabel(name) ? rule.leastPerClass() : foreign(rule, choice, name);
          if (count < least) {
            tooFew.add(Text.format("\"%s\" has %,d", name, count));
          }
        });
    if (!tooFew.isEmpty()) {
      throw new BadDataException(
          Text.format(
              "Class %s labeled images in %s, data.split asks for %,d of each class"
                  + " (labeled-per-class %,d, validation-per-class %,d, pool-per-class %,d,"
                  + " validation-fraction %s): lower it or add images",
              String.join(", ", tooFew),
              source,
              rule.leastPerClass(),
              rule.labeledPerClass(),
              rule.validationPerClass(),
              rule.poolPerClass(),
              rule.validationFraction()));
    }
  }

  private static long foreign(SplitRule rule, ClassChoice choice, String name) {
    return choice.isInPool(name) ? rule.poolPerClass() : 0;
  }

  private void checkClassNames(DataSettings data) {
    checkClassNames("data.split.labeled-classes", data.split().labeledClasses(), data);
    checkClassNames("data.split.unlabeled-classes", data.split().unlabeledClasses(), data);
  }

  private void checkClassNames(String key, List<String> names, DataSettings data) {
    for (String name : names) {
      if (!classes().contains(name)) {
        throw new BadDataException(
            Text.format(
                "%s names \"%s\", which is no class of %s: those are %s",
                key, name, labeledSource(data), String.join(", ", classes())));
      }
    }
  }

  private void checkLabelsKnown(SourceRole role, String key) {
    for (String name : of(role).keySet()) {
      if (!of(SourceRole.LABELED).containsKey(name)) {
        throw new BadDataException(
            Text.format(
                "Class \"%s\" in %s is not among the labeled classes: %s",
                name, key, String.join(", ", classes())));
      }
    }
  }

  private static String labeledSource(DataSettings data) {
    return data.labeled().or(data::dataset).orElse("the generated data");
  }

  private Map<String, Long> of(SourceRole role) {
    return images.getOrDefault(role, new TreeMap<>());
  }

  // The least location, so that the answer does not depend on which task was first.
  private static Rejected first(Rejected one, Rejected other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.location().compareTo(other.location()) <= 0 ? one : other;
  }
}
