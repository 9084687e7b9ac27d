package io.syllabus.network;

import static io.syllabus.Checks.require;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network's parameters, or its momentum, as one vector that moves in blocks: to and from native
 * memory, and through Java's serialization, where others go number by number.
 */
public final class FlatVector implements Externalizable {
  private static final long serialVersionUID = 1L;
  private static final int BLOCK = 1 << 14;

  private float[] values;

  /** For Java's serialization only. */
  public FlatVector() {
    this(new float[0]);
  }

  private FlatVector(float[] values) {
    this.values = values;
  }

  /** A copy of a whole array's values. */
  public static FlatVector of(INDArray array) {
    return new FlatVector(values(array));
  }

  /** A copy of a whole array's values. */
  public static float[] values(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    if (values.length > 0) {
      new FloatPointer(array.data().pointer()).get(values);
    }
    return values;
  }

  /** An array of its own with values in the order of C. */
  public static INDArray array(float[] values, long... shape) {
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    put(values, array);
    return array;
  }

  /** How many values it has. */
  int length() {
    return values.length;
  }

  /**
   * Writes the values over all of an array's.
   *
   * @throws IllegalArgumentException where it has another number of them
   */
  public void putInto(INDArray array) {
    put(values, array);
  }

  /** Writes values over all of an array's. */
  static void put(float[] values, INDArray array) {
    require(
        array.length() == values.length,
        "an array of %s values does not take %s",
        array.length(),
        values.length);
    if (values.length > 0) {
      new FloatPointer(array.data().pointer()).put(values);
    }
  }

  /** The sum of vectors of one length, in their order. */
  public static FlatVector sum(List<FlatVector> vectors) {
    float[] sum = vectors.get(0).values.clone();
    for (FlatVector vector : vectors.subList(1, vectors.size())) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector.values[i];
      }
    }
    return new FlatVector(sum);
  }

  /** One of so many slices, which differ by a value at most. */
  public FlatVector slice(int index, int count) {
    int first = (int) ((long) values.length * index / count);
    int end = (int) ((long) values.length * (index + 1) / count);
    return new FlatVector(Arrays.copyOfRange(values, first, end));
  }

  /** What slices are of, in their order. */
  public static FlatVector join(List<FlatVector> slices) {
    float[] whole = new float[slices.stream().mapToInt(FlatVector::length).sum()];
    int first = 0;
    for (FlatVector slice : slices) {
      System.arraycopy(slice.values, 0, whole, first, slice.length());
      first += slice.length();
    }
    return new FlatVector(whole);
  }

  /** Each value divided by a number. */
  public FlatVector over(int divisor) {
    float[] quotients = values.clone();
    for (int i = 0; i < quotients.length; i++) {
      quotients[i] /= divisor;
    }
    return new FlatVector(quotients);
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    out.writeInt(values.length);
    byte[] bytes = new byte[Float.BYTES * BLOCK];
    FloatBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (int first = 0; first < values.length; first += BLOCK) {
      int count = Math.min(BLOCK, values.length - first);
      floats.clear().put(values, first, count);
      out.write(bytes, 0, Float.BYTES * count);
    }
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    values = new float[in.readInt()];
    byte[] bytes = new byte[Float.BYTES * BLOCK];
    FloatBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (int first = 0; first < values.length; first += BLOCK) {
      int count = Math.min(BLOCK, values.length - first);
      in.readFully(bytes, 0, Float.BYTES * count);
      floats.clear().get(values, first, count);
    }
  }
}
