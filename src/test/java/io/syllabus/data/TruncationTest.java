package io.syllabus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syllabus.config.DataSettings.Resize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files cut at every byte. What is left is quarantined as "truncated" or "damaged" where the cut
 * removes pixel data; where it removes only a trailer or a checksum, it has the whole file's
 * pixels. With libjpeg-turbo and with Java's own reader alone.
 */
class TruncationTest {
  private static final int SIDE = 15;
  private static final String JPEG_METADATA = "javax_imageio_jpeg_image_1.0";
  private static final int END_OF_JPEG = 2;
  private static final int CHECKSUM = 4;
  private static final int END_CHUNK = 12;
  private static final int END_CHUNK_AND_CHECKSUMS = END_CHUNK + 2 * CHECKSUM;

  /**
   * @param compression of the format's own, by Java's name; empty for the usual
   * @param trailer how many bytes at the end are no pixel data. A sequential JPEG has a mark of 2,
   *     a GIF of 1, a BMP's last row is padded. A progressive JPEG has none: without its mark
   *     nobody knows that there is no further scan. What a BMP or TIFF holds in another format is
   *     as long as they say.
   */
  @ParameterizedTest
  @CsvSource({
    "jpeg, RGB, '', false, 2",
    "jpeg, RGB, '', true, 0",
    "jpeg, GRAY, '', false, 2",
    "gif, INDEXED, '', false, 1",
    "gif, INDEXED, '', true, 1",
    "bmp, RGB, BI_RGB, false, 3",
    "bmp, INDEXED, BI_RGB, false, 1",
    "bmp, INDEXED, BI_RLE8, false, 0",
    "bmp, RGB, BI_JPEG, false, 0",
    "bmp, RGB, BI_PNG, false, 4",
    "tiff, RGB, '', false, 0",
    "tiff, RGB, LZW, false, 0",
    "tiff, RGB, PackBits, false, 0",
    "tiff, RGB, Deflate, false, 0",
    "tiff, RGB, JPEG, false, 0",
    "tiff, BINARY, CCITT T.6, false, 0",
  })
  void ofEveryFormatGivesThePixelsOfTheWholeOrNone(
      String format, Kind kind, String compression, boolean progressive, int trailer)
      throws Exception {
    byte[] whole = encoded(format, kind.of(Images.gradient(SIDE, SIDE)), compression, progressive);

    assertCuts(whole, trailer, Decoders.exact(SIDE));
  }

  /** Behind the pixels are the end chunk, two checksums, and what pads the last code. */
  @ParameterizedTest
  @CsvSource({"RGB, false", "RGB, true", "INDEXED, false", "GRAY16, false", "ARGB, false"})
  void ofAPngGivesThePixelsWhereTheyCanBeInflated(Kind kind, boolean interlaced) throws Exception {
    byte[] whole = encoded("png", kind.of(Images.gradient(SIDE, SIDE)), "", interlaced);
    int trailer = whole.length - shortestThatInflates(whole);
    assertThat(trailer).isGreaterThanOrEqualTo(END_CHUNK_AND_CHECKSUMS);

    assertCuts(whole, trailer, Decoders.exact(SIDE));
  }

  @Test
  void ofAPngWithManyChunksOfPixelsGivesThemWhereTheyCanBeInflated() throws Exception {
    byte[] one = Images.encoded(Images.gradient(SIDE, SIDE), "png");
    int start = pixelsOfPng(one);
    int end = one.length - END_CHUNK - CHECKSUM;
    ByteBuffer many = ByteBuffer.allocate(one.length + end - start);
    many.put(one, 0, start - 8);
    int step = 40;
    for (int at = start; at < end; at += step) {
      int length = Math.min(step, end - at);
      many.putInt(length).put(one, start - 4, 4).put(one, at, length).putInt(0);
    }
    many.put(one, one.length - END_CHUNK, END_CHUNK);
    byte[] whole = Arrays.copyOf(many.array(), many.position());
    assertThat(Decoders.exact(SIDE).decode(whole).pixels())
        .isEqualTo(Decoders.exact(SIDE).decode(one).pixels());

    assertCuts(whole, one.length - shortestThatInflates(one), Decoders.exact(SIDE));
  }

  @Test
  void ofAJpegWithRestartMarkersGivesThePixelsOfTheWholeOrNone() throws Exception {
    byte[] whole = withRestarts(Jpegs.scene(32, 32));
    assertThat(whole).containsSequence(0xff, 0xd0);

    assertCuts(whole, END_OF_JPEG, Decoders.exact(32));
  }

  @Test
  void ofAnExtendedSequentialJpegGivesThePixelsOfTheWholeOrNone() throws Exception {
    byte[] whole = Images.encoded(Images.gradient(SIDE, SIDE), "jpeg");
    whole[positionOf(whole, 0xc0) + 1] = (byte) 0xc1;

    assertCuts(whole, END_OF_JPEG, Decoders.exact(SIDE));
  }

  /** Between two scans it looks as if only the end mark were missing. */
  @Test
  void ofAJpegOfSeveralScansGivesNone() throws Exception {
    byte[] whole = withThreeScans(Kind.GRAY.of(Images.gradient(SIDE, SIDE)));

    assertCuts(whole, 0, Decoders.exact(SIDE));
  }

  @ParameterizedTest
  @CsvSource({"false, 2", "true, 0"})
  void ofAJpegThatIsDecodedAtAnEighthOfItsSizeGivesThePixelsOfTheWholeOrNone(
      boolean progressive, int trailer) throws Exception {
    byte[] whole = Jpegs.encoded(Jpegs.scene(64, 64), 0.3f, progressive);

    assertCuts(whole, trailer, new ImageDecoder(8, Resize.CROP, Decoders.MAX_PIXELS));
  }

  /** With an end mark in the preview before the pixels, a comment and stray bytes after them. */
  @Test
  void ofAJpegBetweenOtherBytesGivesThePixelsOfTheWholeOrNone() throws Exception {
    byte[] plain = Images.encoded(Images.gradient(SIDE, SIDE), "jpeg");
    byte[] preview = Images.encoded(Images.gradient(8, 8), "jpeg");
    byte[] comment = {'c', 'u', 't', (byte) 0xff, (byte) 0xd9, '!'};
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(plain, 0, 2);
    bytes.writeBytes(segment(0xe1, preview));
    bytes.write(plain, 2, plain.length - 2 - END_OF_JPEG);
    int pixelsEnd = bytes.size();
    bytes.writeBytes(segment(0xfe, comment));
    bytes.write(plain, plain.length - END_OF_JPEG, END_OF_JPEG);
    bytes.writeBytes(new byte[] {0, 1, 2, (byte) 0xff});

    assertCuts(bytes.toByteArray(), bytes.size() - pixelsEnd, Decoders.exact(SIDE));
  }

  /** The last byte holds from one to eight bits of pixels. */
  @Test
  void ofAJpegLosesPixelsWithItsLastByteWhateverThatHolds() throws Exception {
    for (int side = 1; side <= 40; side++) {
      byte[] whole = Jpegs.encoded(Jpegs.scene(side, side), 0.02f * side, false);

      assertCuts(whole, END_OF_JPEG, Decoders.exact(side), whole.length - 6);
    }
  }

  /** What the file is cut in. */
  @Test
  void ofTheSecondImageDoesNotMatter() throws Exception {
    byte[] one = encoded("gif", Kind.INDEXED.of(Images.gradient(SIDE, SIDE)), "", false);
    byte[] two = animated(Kind.INDEXED.of(Images.gradient(SIDE, SIDE)));
    int first =
        IntStream.range(0, two.length)
            .filter(length -> isReadable(two, length))
            .min()
            .orElseThrow();

    assertThat(first).isBetween(one.length - 1, one.length + 100);
    assertCuts(two, two.length - first, Decoders.exact(SIDE));
  }

  private static boolean isReadable(byte[] whole, int length) {
    try {
      Decoders.exact(SIDE).decode(Arrays.copyOf(whole, length));
      return true;
    } catch (UnreadableImageException e) {
      return false;
    }
  }

  private static void assertCuts(byte[] whole, int trailer, ImageDecoder decoder)
      throws UnreadableImageException {
    assertCuts(whole, trailer, decoder, 0);
  }

  private static void assertCuts(byte[] whole, int trailer, ImageDecoder decoder, int shortest)
      throws UnreadableImageException {
    assertCuts(whole, trailer, shortest, decoder::decode);
    assertCuts(whole, trailer, shortest, bytes -> decoder.decode(bytes, TruncationTest::blind));
  }

  private static void assertCuts(byte[] whole, int trailer, int shortest, Decoding decoding)
      throws UnreadableImageException {
    byte[] pixels = decoding.decode(whole).pixels();
    for (int length = shortest; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      if (length < whole.length - trailer) {
        assertThatThrownBy(() -> decoding.decode(cut))
            .as("cut to %s of %s bytes: removes pixel data", length, whole.length)
            .isInstanceOf(UnreadableImageException.class)
            .hasMessageMatching("(?s)truncated|damaged: .*|not an image.*|empty file");
      } else {
        assertThat(decoding.decode(cut).pixels())
            .as("cut to %s of %s bytes: only trailer or checksum", length, whole.length)
            .isEqualTo(pixels);
      }
    }
  }

  /** As libjpeg-turbo 2.1 is to a header that is cut short: all is left to Java's reader. */
  private static TurboJpeg blind(byte[] bytes) {
    return new TurboJpeg(bytes, (turbo, jpeg, size, width, height, subsampling, colors) -> 0);
  }

  private interface Decoding {
    DecodedImage decode(byte[] bytes) throws UnreadableImageException;
  }

  private static int shortestThatInflates(byte[] png) throws DataFormatException {
    int start = pixelsOfPng(png);
    int all = inflated(png, start, png.length);
    int end = png.length;
    while (inflated(png, start, end - 1) == all) {
      end--;
    }
    return end;
  }

  private static int inflated(byte[] png, int start, int end) throws DataFormatException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(png, start, end - start);
      return inflater.inflate(new byte[10 * SIDE * SIDE]);
    } finally {
      inflater.end();
    }
  }

  // Where the data of a PNG's first chunk of pixels begin.
  private static int pixelsOfPng(byte[] png) {
    return new String(png, StandardCharsets.ISO_8859_1).indexOf("IDAT") + 4;
  }

  private static int positionOf(byte[] jpeg, int marker) {
    return new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00ff" + (char) marker);
  }

  private static byte[] segment(int marker, byte[] content) {
    return ByteBuffer.allocate(4 + content.length)
        .put((byte) 0xff)
        .put((byte) marker)
        .putShort((short) (2 + content.length))
        .put(content)
        .array();
  }

  /** Kinds of pixels. */
  enum Kind {
    RGB(BufferedImage.TYPE_INT_RGB),
    ARGB(BufferedImage.TYPE_INT_ARGB),
    GRAY(BufferedImage.TYPE_BYTE_GRAY),
    GRAY16(BufferedImage.TYPE_USHORT_GRAY),
    INDEXED(BufferedImage.TYPE_BYTE_INDEXED),
    BINARY(BufferedImage.TYPE_BYTE_BINARY);

    private final int type;

    Kind(int type) {
      this.type = type;
    }

    BufferedImage of(BufferedImage image) {
      BufferedImage same = new BufferedImage(image.getWidth(), image.getHeight(), type);
      same.getGraphics().drawImage(image, 0, 0, null);
      return same;
    }
  }

  private interface Writing {
    void write(ImageWriter writer, ImageWriteParam parameters) throws IOException;
  }

  private static byte[] written(String format, Writing writing) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writing.write(writer, writer.getDefaultWriteParam());
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static byte[] encoded(
      String format, BufferedImage image, String compression, boolean progressive)
      throws IOException {
    return written(
        format,
        (writer, parameters) -> {
          if (!compression.isEmpty()) {
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionType(compression);
          }
          if (progressive) {
            parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
          }
          writer.write(null, new IIOImage(image, null, null), parameters);
        });
  }

  private static byte[] withRestarts(BufferedImage image) throws IOException {
    return written(
        "jpeg",
        (writer, parameters) -> {
          IIOMetadata metadata =
              writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), parameters);
          IIOMetadataNode root = new IIOMetadataNode(JPEG_METADATA);
          root.appendChild(new IIOMetadataNode("JPEGvariety"));
          IIOMetadataNode markers = new IIOMetadataNode("markerSequence");
          IIOMetadataNode restart = new IIOMetadataNode("dri");
          restart.setAttribute("interval", "1");
          markers.appendChild(restart);
          root.appendChild(markers);
          metadata.mergeTree(JPEG_METADATA, root);
          writer.write(null, new IIOImage(image, null, metadata), parameters);
        });
  }

  // Three components, each of them the scan of a grey JPEG.
  private static byte[] withThreeScans(BufferedImage gray) {
    byte[] one = Images.encoded(gray, "jpeg");
    int frame = positionOf(one, 0xc0);
    int frameEnd = frame + 13;
    int scan = positionOf(one, 0xda);
    int data = scan + 10;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(one, 0, frame);
    byte[] components = {3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0};
    ByteBuffer content = ByteBuffer.allocate(5 + components.length);
    bytes.writeBytes(segment(0xc0, content.put(one, frame + 4, 5).put(components).array()));
    bytes.write(one, frameEnd, scan - frameEnd);
    for (byte component = 1; component <= 3; component++) {
      bytes.writeBytes(segment(0xda, new byte[] {1, component, 0, 0, 63, 0}));
      bytes.write(one, data, one.length - data - END_OF_JPEG);
    }
    bytes.write(one, one.length - END_OF_JPEG, END_OF_JPEG);
    return bytes.toByteArray();
  }

  private static byte[] animated(BufferedImage image) throws IOException {
    return written(
        "gif",
        (writer, parameters) -> {
          writer.prepareWriteSequence(null);
          writer.writeToSequence(new IIOImage(image, null, null), parameters);
          writer.writeToSequence(new IIOImage(image, null, null), parameters);
          writer.endWriteSequence();
        });
  }
}
