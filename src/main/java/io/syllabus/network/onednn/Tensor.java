package io.syllabus.network.onednn;

import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A tensor of floats in a program. Its layout is known from the start, often one of oneDNN's own
 * blocked ones; where it lies, when the program is built.
 */
final class Tensor {
  private final memory.desc layout;
  private final memory view;
  private final Tensor storage;
  private Pointer place;

  private Tensor(memory.desc layout, Tensor storage) {
    this.layout = layout;
    this.view = new memory(layout, OneDnn.cpu(), new Pointer());
    this.storage = storage == null ? this : storage;
  }

  /** A tensor that has no place yet. */
  static Tensor of(memory.desc layout) {
    return new Tensor(layout, null);
  }

  /** A tensor that lies at a native address that someone else owns. */
  static Tensor at(memory.desc layout, long address) {
    Tensor tensor = of(layout);
    tensor.place(new Address(address));
    return tensor;
  }

  /** A tensor with memory of its own, until {@link #free}. */
  static Tensor allocated(memory.desc layout) {
    Tensor tensor = of(layout);
    tensor.place(new BytePointer(layout.get_size()));
    return tensor;
  }

  void free() {
    view.close();
    place.close();
  }

  /** Dense rows: the last dimension is contiguous. */
  static memory.desc rows(long... dimensions) {
    return layout(
        switch (dimensions.length) {
          case 1 -> memory.format_tag.a;
          case 2 -> memory.format_tag.ab;
          default -> memory.format_tag.abcd;
        },
        dimensions);
  }

  /** Whatever layout a primitive is fastest with. */
  static memory.desc any(long... dimensions) {
    return layout(memory.format_tag.any, dimensions);
  }

  private static memory.desc layout(memory.format_tag tag, long... dimensions) {
    return new memory.desc(new LongPointer(dimensions), memory.data_type.f32, tag);
  }

  /** Another tensor in the same place: what an operation writes over its input. */
  Tensor overwritten() {
    return new Tensor(layout, storage);
  }

  /** The tensor whose place this one shares; itself where it shares none. */
  Tensor storage() {
    return storage;
  }

  memory.desc layout() {
    return layout;
  }

  memory memory() {
    return view;
  }

  /** Images, channels, height, width, as many as there are. */
  long dimension(int index) {
    return layout.dims().get(index);
  }

  long bytes() {
    return layout.get_size();
  }

  boolean isPlaced() {
    return place != null;
  }

  void place(Pointer pointer) {
    place = pointer;
    view.set_data_handle(pointer);
  }

  Pointer pointer() {
    return place;
  }

  /** The tensor's values in the order in which they lie. */
  void read(float[] values) {
    new FloatPointer(place).get(values);
  }

  /** Sets the tensor's values in the order in which they lie. */
  void write(float[] values) {
    new FloatPointer(place).put(values);
  }
}
