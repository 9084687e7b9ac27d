package io.syllabus.network.onednn;

import org.bytedeco.dnnl.memory;

/** Constants of a network that no longer learns, in memory of their own. */
final class Weights {
  private Weights() {}

  /** Values in the layout that an operation asks for. */
  static Tensor in(memory.desc layout, float[] values, long... shape) {
    Tensor rows = Tensor.allocated(Tensor.rows(shape));
    rows.write(values);
    if (rows.layout().equals(layout)) {
      return rows;
    }
    Tensor weights = Tensor.allocated(layout);
    Reorder.run(rows, weights);
    rows.free();
    return weights;
  }
}
