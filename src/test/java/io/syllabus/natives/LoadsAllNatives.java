package io.syllabus.natives;

import io.syllabus.config.DataSettings.Resize;
import io.syllabus.data.ImageDecoder;
import io.syllabus.data.Images;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;

/** A process that computes with every native library, and prints what it has mapped. */
final class LoadsAllNatives {
  private LoadsAllNatives() {}

  public static void main(String[] arguments) throws Exception {
    Natives.prepare();
    // Before ND4J, whose jar holds the OpenMP runtime that oneDNN needs.
    Loader.load(dnnl.class);
    Loader.load(hdf5.class);
    Nd4j.ones(3, 3).mmul(Nd4j.ones(3, 3));
    byte[] jpeg = Images.encoded(Images.gradient(8, 8), "jpeg");
    new ImageDecoder(8, Resize.NONE, 64).decode(jpeg);
    System.out.println(Files.readString(Path.of("/proc/self/maps")));
  }
}
