package io.syllabus.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.config.DataSettings.Resize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
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

/** Files cut at every byte: quarantined where a pixel is missing, else read as the whole file. */
class TruncationTest {
  private static final int SIDE = 16;
  private static final String JPEG_METADATA = "javax_imageio_jpeg_image_1.0";

  /**
   * @param compression of the format's own, by Java's name; empty for the usual
   * @param trailer how many bytes at the end are no pixels: a PNG has an end chunk of 12, two
   *     checksums of 4, and a mark and padding that end its last code; a GIF has one. A JPEG's end
   *     mark counts as pixels: without it nobody knows that there is no further scan.
   */
  @ParameterizedTest
  @CsvSource({
    "jpeg, RGB, '', false, 0",
    "jpeg, RGB, '', true, 0",
    "jpeg, GRAY, '', false, 0",
    "png, RGB, '', false, 22",
    "png, RGB, '', true, 22",
    "png, INDEXED, '', false, 22",
    "png, GRAY16, '', false, 22",
    "png, ARGB, '', false, 22",
    "gif, INDEXED, '', false, 1",
    "gif, INDEXED, '', true, 1",
    "bmp, RGB, BI_RGB, false, 0",
    "bmp, INDEXED, BI_RGB, false, 0",
    "bmp, INDEXED, BI_RLE8, false, 0",
    "bmp, RGB, BI_JPEG, false, 0",
    "bmp, RGB, BI_PNG, false, 22",
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

    OptionalInt shortest = shortestReadable(whole, Decoders.exact(SIDE)::decode);

    assertThat(shortest.orElse(whole.length)).isGreaterThanOrEqualTo(whole.length - trailer);
  }

  @Test
  void ofAJpegWithRestartMarkersGivesNone() throws Exception {
    byte[] whole = withRestarts(Jpegs.scene(32, 32));
    assertThat(whole).containsSequence(0xff, 0xd0);

    assertThat(shortestReadable(whole, Decoders.exact(32)::decode)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void ofAJpegThatIsDecodedAtAnEighthOfItsSizeGivesNone(boolean progressive) throws Exception {
    byte[] whole = Jpegs.encoded(Jpegs.scene(64, 64), 0.3f, progressive);

    assertThat(
            shortestReadable(whole, new ImageDecoder(8, Resize.CROP, Decoders.MAX_PIXELS)::decode))
        .isEmpty();
  }

  /** As libjpeg-turbo 2.1 does of a header that is cut short. */
  @Test
  void givesNoneWhereTheLibrarySaysThatThereAreNoPixels() throws Exception {
    byte[] whole = Images.encoded(Images.gradient(SIDE, SIDE), "jpeg");
    Function<byte[], TurboJpeg> blind =
        bytes -> new TurboJpeg(bytes, (turbo, jpeg, size, width, height, subsampling, colors) -> 0);
    Decoding decoding = bytes -> Decoders.exact(SIDE).decode(bytes, blind);

    assertThat(shortestReadable(whole, decoding)).isEmpty();
    assertThat(decoding.decode(whole).pixels())
        .isEqualTo(Decoders.exact(SIDE).decode(whole).pixels());
  }

  /** What the file is cut in. */
  @Test
  void ofTheSecondImageDoesNotMatter() throws Exception {
    byte[] one = encoded("gif", Kind.INDEXED.of(Images.gradient(SIDE, SIDE)), "", false);
    byte[] two = animated(Kind.INDEXED.of(Images.gradient(SIDE, SIDE)));

    OptionalInt shortest = shortestReadable(two, Decoders.exact(SIDE)::decode);

    assertThat(shortest).isPresent();
    assertThat(shortest.getAsInt()).isBetween(one.length - 1, one.length + 100);
  }

  private interface Decoding {
    DecodedImage decode(byte[] bytes) throws UnreadableImageException;
  }

  // All that are longer are readable too, and their pixels are those of the whole.
  private static OptionalInt shortestReadable(byte[] whole, Decoding decoding) throws Exception {
    byte[] pixels = decoding.decode(whole).pixels();
    int[] readable =
        IntStream.range(0, whole.length)
            .filter(length -> isReadable(Arrays.copyOf(whole, length), decoding, pixels))
            .toArray();
    assertThat(readable)
        .containsExactly(IntStream.range(whole.length - readable.length, whole.length).toArray());
    return Arrays.stream(readable).min();
  }

  private static boolean isReadable(byte[] cut, Decoding decoding, byte[] pixels) {
    try {
      assertThat(decoding.decode(cut).pixels()).as("%s bytes", cut.length).isEqualTo(pixels);
      return true;
    } catch (UnreadableImageException e) {
      return false;
    }
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
