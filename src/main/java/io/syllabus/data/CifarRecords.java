package io.syllabus.data;

import io.syllabus.Text;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * The records of one CIFAR-10 binary file, each as a PNG, which loses nothing.
 *
 * <p>A record is a byte with the label, then 1,024 bytes of red, of green and of blue, row by row
 * (Krizhevsky: "Learning Multiple Layers of Features from Tiny Images", and the data set's page).
 */
final class CifarRecords {
  private static final int SIDE = 32;
  private static final int PLANE = SIDE * SIDE;
  private static final int RECORD = 1 + 3 * PLANE;

  private final String file;
  private final String location;
  private final long modifiedMillis;
  private final InputStream in;
  private final List<String> classNames;
  private final ImageWriter png = ImageIO.getImageWritersByFormatName("png").next();
  private int count;

  /**
   * @param file the file's name, with which ids begin
   * @param location where a person finds the file
   * @param modifiedMillis when the file was, since 1970
   * @param in the file's content; the caller closes it
   */
  CifarRecords(
      String file, String location, long modifiedMillis, InputStream in, List<String> classNames) {
    this.file = file;
    this.location = location;
    this.modifiedMillis = modifiedMillis;
    this.in = in;
    this.classNames = classNames;
  }

  /** The next record; empty at the end of the file. */
  Optional<ImageEntry> next() throws IOException {
    byte[] data = in.readNBytes(RECORD);
    if (data.length == 0) {
      png.dispose();
      return Optional.empty();
    }
    String id = Text.format("%s/%05d", file, count++);
    if (data.length < RECORD) {
      throw new EOFException("it is cut short inside " + id);
    }
    int label = data[0] & 0xff;
    if (label >= classNames.size()) {
      throw new BadDataException(
          Text.format(
              "%s: record %d has label %d, there are labels 0 to %d: it is no CIFAR-10 file",
              location, count - 1, label, classNames.size() - 1));
    }
    String where = location + "/" + id.substring(file.length() + 1);
    return Optional.of(ImageEntry.of(id, classNames.get(label), where, modifiedMillis, png(data)));
  }

  private byte[] png(byte[] data) throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < PLANE; i++) {
      bgr[3 * i + 2] = data[1 + i];
      bgr[3 * i + 1] = data[1 + PLANE + i];
      bgr[3 * i] = data[1 + 2 * PLANE + i];
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(RECORD);
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      png.setOutput(out);
      png.write(image);
    }
    return bytes.toByteArray();
  }
}
