package io.syllabus.network.onednn;

import java.util.Map;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;

/** Sum or product of two tensors of one shape, value by value. */
enum Elementwise {
  SUM("sum", dnnl.algorithm.binary_add),
  PRODUCT("product", dnnl.algorithm.binary_mul);

  private final String text;
  private final dnnl.algorithm kind;

  Elementwise(String text, dnnl.algorithm kind) {
    this.text = text;
    this.kind = kind;
  }

  /** Appends it to a program; the result has the layout of the first tensor. */
  Tensor append(Program.Builder program, Tensor one, Tensor other) {
    Tensor alike = program.in(other, one.layout());
    Tensor result = Tensor.of(one.layout());
    binary.desc description =
        new binary.desc(kind.value, one.layout(), alike.layout(), result.layout());
    program.add(
        text,
        new binary(new binary.primitive_desc(description, OneDnn.attributes(), OneDnn.cpu())),
        Map.of(
            dnnl.DNNL_ARG_SRC_0, one,
            dnnl.DNNL_ARG_SRC_1, alike,
            dnnl.DNNL_ARG_DST, result));
    return result;
  }
}
