package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FlatVectorTest {

  @Test
  void movesValuesToAndFromAnArray() {
    try (INDArray array = FlatVector.array(new float[] {1, 2, 3, 4, 5, 6}, 2, 3)) {
      assertThat(array.getFloat(1, 0)).isEqualTo(4);
      FlatVector copy = FlatVector.of(array);
      array.assign(0);
      copy.putInto(array);
      assertThat(FlatVector.values(array)).containsExactly(1, 2, 3, 4, 5, 6);
    }
  }

  @Test
  void refusesAnArrayOfAnotherLength() {
    try (INDArray array = Nd4j.create(1, 3)) {
      FlatVector vector = FlatVector.of(array);
      assertThatThrownBy(() -> vector.putInto(Nd4j.create(1, 4)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("an array of 4 values does not take 3");
    }
  }

  @Test
  void averagesInTheOrderGiven() {
    List<FlatVector> vectors = List.of(vector(1e8f, 1), vector(1, 2), vector(-1e8f, 6));
    // 1e8 + 1 is 1e8 in single precision: summed the other way round the mean would be 1/3.
    assertThat(values(FlatVector.sum(vectors).over(3))).containsExactly(0, 3);
    assertThat(values(vectors.get(0))).containsExactly(1e8f, 1);
  }

  @Test
  void isJoinedOfItsSlices() {
    FlatVector vector = vector(1, 2, 3, 4, 5, 6, 7);
    List<FlatVector> slices = IntStream.range(0, 3).mapToObj(i -> vector.slice(i, 3)).toList();

    assertThat(slices).extracting(FlatVector::length).containsExactly(2, 2, 3);
    assertThat(values(FlatVector.join(slices))).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(vector(1).slice(0, 2).length()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_384, 40_000})
  void isReadAsItWasWritten(int length) throws IOException, ClassNotFoundException {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = Float.intBitsToFloat(i * 0x9e3779b9);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(vector(values));
      out.writeObject("what follows");
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(values((FlatVector) in.readObject())).isEqualTo(values);
      assertThat(in.readObject()).isEqualTo("what follows");
    }
  }

  private static FlatVector vector(float... values) {
    return values.length == 0
        ? new FlatVector()
        : FlatVector.of(FlatVector.array(values, 1, values.length));
  }

  private static float[] values(FlatVector vector) {
    float[] values = new float[vector.length()];
    if (values.length > 0) {
      try (INDArray array = Nd4j.create(1, values.length)) {
        vector.putInto(array);
        return FlatVector.values(array);
      }
    }
    return values;
  }
}
