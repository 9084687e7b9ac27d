package io.syllabus.network.onednn;

import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.reorder;

/** A copy of a tensor from one layout to another. */
final class Reorder {
  private static final boolean ALLOW_EMPTY = false;

  private Reorder() {}

  static reorder of(Tensor from, Tensor to) {
    return new reorder(
        new reorder.primitive_desc(
            OneDnn.cpu(),
            from.layout(),
            OneDnn.cpu(),
            to.layout(),
            OneDnn.attributes(),
            ALLOW_EMPTY));
  }

  static Map<Integer, Tensor> arguments(Tensor from, Tensor to) {
    return Map.of(dnnl.DNNL_ARG_FROM, from, dnnl.DNNL_ARG_TO, to);
  }

  /** Copies at once, between tensors that have their places. */
  static void run(Tensor from, Tensor to) {
    reorder copy =
        new reorder(
            new reorder.primitive_desc(OneDnn.cpu(), from.layout(), OneDnn.cpu(), to.layout()));
    copy.execute(OneDnn.stream(), from.memory(), to.memory());
  }
}
