package io.syllabus.publish;

import io.syllabus.evaluate.Proportion;
import io.syllabus.select.ConfidenceBands;
import java.io.Serializable;
import java.util.stream.LongStream;

/**
 * How probably a model's label is right, by its class and the band of its confidence: the share of
 * right labels that the model gives held-out images whose class is known. A class with few of them
 * in a band takes the band of all classes together, and a band with few takes all bands.
 *
 * <p>Bands are ranks. A model is surer of images that it was trained on than of others as hard, and
 * a run trains on its pool: the least sure fifth of the pool's cats is as often right as the least
 * sure fifth of the held-out cats, whatever the confidences are. That takes the pool to be drawn as
 * the held-out images are. Images that the model has not seen have the held-out images' bands.
 */
public final class ExpectedPrecision implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Fewer held-out images than this say too little of a class and band. */
  static final int ENOUGH = 10;

  private final ConfidenceBands bands;
  private final Proportion[][] cells;
  private final Proportion[] classes;

  /**
   * @param heldOut images that the model was not trained on, all of known truth
   */
  public ExpectedPrecision(LabelCounts heldOut) {
    bands = heldOut.bands();
    Proportion all = Proportion.of(heldOut.right(), heldOut.known());
    cells = new Proportion[heldOut.classes()][ConfidenceBands.BANDS];
    classes = new Proportion[heldOut.classes()];
    for (int label = 0; label < heldOut.classes(); label++) {
      long known = 0;
      long right = 0;
      for (int band = 0; band < ConfidenceBands.BANDS; band++) {
        known += heldOut.known(label, band);
        right += heldOut.right(label, band);
      }
      classes[label] = known < ENOUGH ? all : Proportion.of(right, known);
    }
    for (int band = 0; band < ConfidenceBands.BANDS; band++) {
      long known = 0;
      long right = 0;
      for (int label = 0; label < heldOut.classes(); label++) {
        known += heldOut.known(label, band);
        right += heldOut.right(label, band);
      }
      Proportion ofBand = known < ENOUGH ? all : Proportion.of(right, known);
      for (int label = 0; label < heldOut.classes(); label++) {
        long ofCell = heldOut.known(label, band);
        cells[label][band] =
            ofCell < ENOUGH ? ofBand : Proportion.of(heldOut.right(label, band), ofCell);
      }
    }
  }

  private ExpectedPrecision(ConfidenceBands bands, Proportion[][] cells, Proportion[] classes) {
    this.bands = bands;
    this.cells = cells;
    this.classes = classes;
  }

  /**
   * The same for images whose confidences are others.
   *
   * @param bands of these confidences
   */
  public ExpectedPrecision among(ConfidenceBands bands) {
    return new ExpectedPrecision(bands, cells, classes);
  }

  /** Of one label. */
  public Proportion of(int label, double confidence) {
    return cells[label][bands.band(label, confidence)];
  }

  /**
   * Of many labels together: the mean over their classes (post-stratification), whose estimates are
   * taken for independent. Confidences have no say in it.
   *
   * @param byLabel how many have each label
   */
  public Proportion of(long[] byLabel) {
    double images = LongStream.of(byLabel).sum();
    if (images == 0) {
      return Proportion.of(0, 0);
    }
    double share = 0;
    double variance = 0;
    for (int label = 0; label < classes.length; label++) {
      double weight = byLabel[label] / images;
      double error = weight * classes[label].standardError();
      share += weight * classes[label].share();
      variance += error * error;
    }
    return Proportion.of(share, Math.sqrt(variance));
  }
}
