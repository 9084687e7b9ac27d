package io.syllabus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.syllabus.config.DataSettings.Resize;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private static final int RED = 0xff0000;
  private static final int GREEN = 0x00ff00;
  private static final int BLUE = 0x0000ff;
  private static final int GREY = 0x808080;

  @Test
  void givesRowsFromTopToBottomInRedGreenBlue() throws Exception {
    DecodedImage image = exactly(2, Images.rgb(new int[][] {{RED, GREEN}, {BLUE, 0x010203}}));

    assertThat(image.format()).isEqualTo("png");
    assertThat(image.width()).isEqualTo(2);
    assertThat(image.height()).isEqualTo(2);
    assertThat(colors(image)).containsExactly(RED, GREEN, BLUE, 0x010203);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "tiff"})
  void readsEveryFormatByItsContent(String format) throws Exception {
    BufferedImage one = Images.rgb(filled(8, 8, 0x406080));

    DecodedImage image = Decoders.exact(8).decode(Images.encoded(one, format));

    assertThat(image.format()).isEqualTo(format);
    for (int color : colors(image)) {
      assertThat(color >> 16 & 0xff).isBetween(0x3d, 0x43);
      assertThat(color >> 8 & 0xff).isBetween(0x5d, 0x63);
      assertThat(color & 0xff).isBetween(0x7d, 0x83);
    }
  }

  @Test
  void leavesGreyAsBrightAsItIsStored() throws Exception {
    BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(0, 0, 0, 128);
    grey.getRaster().setSample(1, 0, 0, 7);

    assertThat(colors(stretched(2, grey))).contains(GREY, 0x070707);
  }

  @Test
  void keepsTheUpperEightOfSixteenBits() throws Exception {
    BufferedImage grey = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    grey.getRaster().setSample(0, 0, 0, 0x80ff);

    assertThat(colors(exactly(1, grey))).containsExactly(GREY);
  }

  @Test
  void readsGreyJpegs() throws Exception {
    BufferedImage grey = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSamples(0, 0, 8, 8, 0, filled(1, 64, 128)[0]);

    assertThat(colors(Decoders.exact(8).decode(Images.encoded(grey, "jpeg")))).containsOnly(GREY);
  }

  @Test
  void readsPalettes() throws Exception {
    byte[] reds = {0, (byte) 255};
    byte[] others = {0, 16};
    IndexColorModel palette = new IndexColorModel(1, 2, reds, others, others);
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
    image.getRaster().setSample(0, 0, 0, 1);

    assertThat(colors(exactly(1, image))).containsExactly(0xff1010);
  }

  @Test
  void showsWhiteBehindWhatIsTransparent() throws Exception {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00000000);
    image.setRGB(1, 0, 0xff0000ff);
    image.setRGB(0, 1, 0x80000000);
    image.setRGB(1, 1, 0x33ff0000);

    // 255·(255−128)/255 = 127; 255·(255−51)/255 = 204.
    assertThat(colors(exactly(2, image))).containsExactly(0xffffff, BLUE, 0x7f7f7f, 0xffcccc);
  }

  @Test
  void cropsTheCentreOutOfTheLongerSide() throws Exception {
    ImageDecoder decoder = new ImageDecoder(2, Resize.CROP, Decoders.MAX_PIXELS);
    int[] row = {RED, GREEN, BLUE, GREY};
    BufferedImage wide = Images.rgb(new int[][] {row, row});
    BufferedImage high =
        Images.rgb(new int[][] {{RED, RED}, {GREEN, GREEN}, {BLUE, BLUE}, {GREY, GREY}, {0, 0}});

    DecodedImage fromWide = decoder.decode(Images.encoded(wide, "png"));
    DecodedImage fromHigh = decoder.decode(Images.encoded(high, "png"));

    assertThat(colors(fromWide)).containsExactly(GREEN, BLUE, GREEN, BLUE);
    // Of an odd rest the larger half is cut from the end.
    assertThat(colors(fromHigh)).containsExactly(GREEN, GREEN, BLUE, BLUE);
    assertThat(fromHigh.width()).isEqualTo(2);
    assertThat(fromHigh.height()).isEqualTo(5);
  }

  @Test
  void scalesTheShorterSideWhenCropping() throws Exception {
    // 8 × 4 with quarters RED, GREEN, BLUE, GREY: the middle half is GREEN and BLUE.
    int[] row = {RED, RED, GREEN, GREEN, BLUE, BLUE, GREY, GREY};
    BufferedImage wide = Images.rgb(new int[][] {row, row, row, row});

    ImageDecoder decoder = new ImageDecoder(2, Resize.CROP, Decoders.MAX_PIXELS);

    assertThat(colors(decoder.decode(Images.encoded(wide, "png"))))
        .containsExactly(GREEN, BLUE, GREEN, BLUE);
  }

  @Test
  void scalesBothSidesToTheSize() throws Exception {
    int[] upper = {RED, RED, RED, RED, GREEN, GREEN, GREEN, GREEN};
    int[] lower = {BLUE, BLUE, BLUE, BLUE, GREY, GREY, GREY, GREY};

    DecodedImage image = stretched(2, Images.rgb(new int[][] {upper, upper, lower, lower}));

    assertThat(colors(image)).containsExactly(RED, GREEN, BLUE, GREY);
    assertThat(image.width()).isEqualTo(8);
    assertThat(image.height()).isEqualTo(4);
  }

  @Test
  void averagesWhatItScalesDown() throws Exception {
    int[][] board = new int[16][16];
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        board[y][x] = (x + y) % 2 == 0 ? 0 : 0xffffff;
      }
    }

    for (int color : colors(stretched(2, Images.rgb(board)))) {
      assertThat(color & 0xff).isBetween(126, 129);
    }
  }

  @ParameterizedTest
  @CsvSource({"512, 384, CROP", "512, 384, SCALE", "100, 67, CROP", "40, 300, SCALE"})
  void makesOfAJpegWhatItMakesOfThePixels(int width, int height, Resize resize) throws Exception {
    ImageDecoder decoder = new ImageDecoder(32, resize, Decoders.MAX_PIXELS);
    BufferedImage scene = Jpegs.scene(width, height);

    DecodedImage jpeg = decoder.decode(Jpegs.encoded(scene, 1, false));

    assertThat(jpeg.width()).isEqualTo(width);
    assertThat(jpeg.height()).isEqualTo(height);
    byte[] pixels = decoder.decode(Images.encoded(scene, "png")).pixels();
    double difference = 0;
    for (int i = 0; i < pixels.length; i++) {
      difference += Math.abs((jpeg.pixels()[i] & 0xff) - (pixels[i] & 0xff));
    }
    assertThat(difference / pixels.length).isLessThan(4);
  }

  @Test
  void enlargesSmallImages() throws Exception {
    DecodedImage image = stretched(4, Images.rgb(new int[][] {{GREY}}));

    assertThat(colors(image)).hasSize(16).containsOnly(GREY);
  }

  @Test
  void cropsAnImageOnePixelHigh() throws Exception {
    ImageDecoder decoder = new ImageDecoder(32, Resize.CROP, Decoders.MAX_PIXELS);

    DecodedImage image = decoder.decode(Images.encoded(Images.rgb(filled(1, 60_000, GREY)), "png"));

    assertThat(colors(image)).hasSize(32 * 32).containsOnly(GREY);
  }

  @Test
  void refusesAnotherSizeWhereNothingIsResized() {
    byte[] image = Images.encoded(Images.gradient(48, 32), "png");

    assertThatThrownBy(() -> Decoders.exact(32).decode(image))
        .isInstanceOf(WrongSizeException.class)
        .hasMessage("48×32 pixels, data.image-size is 32 and data.resize is none");
  }

  @Test
  void refusesAnEmptyFile() {
    assertReason(new byte[0], "empty file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "<html>not found</html>", "RIFF____WEBPVP8 ", "\0\0\1\1"})
  void refusesWhatIsNoImage(String content) {
    assertReason(
        content.getBytes(StandardCharsets.ISO_8859_1),
        "not an image (JPEG, PNG, GIF, BMP or TIFF)");
  }

  @Test
  void refusesAHugeHeaderBeforeItDecodesAnything() {
    assertReason(
        pngHeader(100_000, 100_000), "claims 100000×100000 pixels, data.max-pixels allows 1000000");
    assertReason(
        pngHeader(Integer.MAX_VALUE, Integer.MAX_VALUE),
        "claims 2147483647×2147483647 pixels, data.max-pixels allows 1000000");
  }

  /** Both inflate to 400 MB, of which nothing is kept. */
  @ParameterizedTest
  @ValueSource(strings = {"zTXt", "IDAT"})
  void takesLittleMemoryForAPngThatInflatesToMuch(String chunk) throws Exception {
    byte[] png = bomb(chunk);
    assertThat(png).hasSizeLessThan(1_000_000);
    Decoders.exact(16).decode(Images.encoded(Images.gradient(16, 16), "png"));
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    long before = threads.getCurrentThreadAllocatedBytes();

    Decoders.exact(16).decode(png);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "bmp"})
  void refusesEveryTruncation(String format) {
    byte[] whole = Images.encoded(Images.gradient(16, 16), format);
    // A PNG's pixels are whole without two checksums, the end chunk and the last code's padding,
    // a JPEG's without its end mark.
    Map<String, Integer> trailers = Map.of("png", 24, "jpeg", 2, "bmp", 0);
    int firstWhole = whole.length - trailers.get(format);

    for (int length = 8; length < firstWhole; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Decoders.exact(16).decode(cut))
          .as("%s cut to %s of %s bytes", format, length, whole.length)
          .isInstanceOf(UnreadableImageException.class)
          .hasMessage("truncated");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gif", "tiff"})
  void refusesEveryTruncationOfOtherFormats(String format) {
    byte[] whole = Images.encoded(Images.gradient(16, 16), format);

    for (int length = 8; length < whole.length - 1; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Decoders.exact(16).decode(cut))
          .as("%s cut to %s of %s bytes", format, length, whole.length)
          .isInstanceOf(UnreadableImageException.class)
          .hasMessageMatching("truncated|damaged: .+");
    }
  }

  @Test
  void takesAJpegWithStrayBytesBeforeItsEnd() throws Exception {
    byte[] whole = Images.encoded(Images.gradient(16, 16), "jpeg");
    byte[] stray = Arrays.copyOf(whole, whole.length + 5);
    Arrays.fill(stray, whole.length - 2, stray.length - 2, (byte) 0);
    stray[stray.length - 2] = (byte) 0xff;
    stray[stray.length - 1] = (byte) 0xd9;

    assertThat(Decoders.exact(16).decode(stray).pixels())
        .isEqualTo(Decoders.exact(16).decode(whole).pixels());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "tiff"})
  void saysUnreadableOfWhateverIsDamaged(String format) throws Exception {
    byte[] whole = Images.encoded(Images.gradient(16, 16), format);
    byte[] expected = Decoders.exact(16).decode(whole).pixels();
    ImageDecoder decoder = new ImageDecoder(16, Resize.SCALE, Decoders.MAX_PIXELS);
    Random random = new Random(11);

    for (int trial = 0; trial < 1_000; trial++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      try {
        assertThat(decoder.decode(damaged).pixels()).hasSize(16 * 16 * 3);
      } catch (UnreadableImageException e) {
        assertThat(e).hasMessageMatching("(?s)truncated|not an image.*|claims .*|damaged: .+");
      }
    }
    // What damage leaves behind does not reach the next image.
    assertThat(Decoders.exact(16).decode(whole).pixels()).isEqualTo(expected);
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> new ImageDecoder(0, Resize.CROP, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("imageSize must be positive, found: 0");
    assertThatThrownBy(() -> new ImageDecoder(1, Resize.CROP, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxPixels must be positive, found: 0");
  }

  private static void assertReason(byte[] bytes, String reason) {
    assertThatThrownBy(() -> Decoders.exact(32).decode(bytes))
        .isInstanceOf(UnreadableImageException.class)
        .isNotInstanceOf(WrongSizeException.class)
        .hasMessage(reason);
  }

  private static DecodedImage exactly(int size, BufferedImage image) throws Exception {
    return Decoders.exact(size).decode(Images.encoded(image, "png"));
  }

  private static DecodedImage stretched(int size, BufferedImage image) throws Exception {
    return new ImageDecoder(size, Resize.SCALE, Decoders.MAX_PIXELS)
        .decode(Images.encoded(image, "png"));
  }

  private static int[] colors(DecodedImage image) {
    byte[] pixels = image.pixels();
    int[] colors = new int[pixels.length / 3];
    for (int i = 0; i < colors.length; i++) {
      colors[i] =
          (pixels[3 * i] & 0xff) << 16
              | (pixels[3 * i + 1] & 0xff) << 8
              | (pixels[3 * i + 2] & 0xff);
    }
    return colors;
  }

  private static int[][] filled(int rows, int columns, int value) {
    int[][] filled = new int[rows][columns];
    for (int[] row : filled) {
      Arrays.fill(row, value);
    }
    return filled;
  }

  /** A PNG that ends after its first chunk: 8-bit RGB of the given size. */
  // A small PNG with a chunk before its end, or in place of its pixels, that is full of zeros.
  private static byte[] bomb(String chunk) {
    byte[] whole = Images.encoded(Images.gradient(16, 16), "png");
    byte[] zeros = deflated(400_000_000, chunk.equals("zTXt") ? "c\0\0" : "");
    ByteBuffer png = ByteBuffer.allocate(whole.length + zeros.length + 12);
    int headEnd = 8 + 12 + 13;
    png.put(whole, 0, headEnd);
    CRC32 crc = new CRC32();
    byte[] name = chunk.getBytes(StandardCharsets.US_ASCII);
    crc.update(name);
    crc.update(zeros);
    png.putInt(zeros.length).put(name).put(zeros).putInt((int) crc.getValue());
    int rest = chunk.equals("IDAT") ? whole.length - 12 : headEnd;
    png.put(whole, rest, whole.length - rest);
    return Arrays.copyOf(png.array(), png.position());
  }

  private static byte[] deflated(int zeros, String before) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(before.getBytes(StandardCharsets.ISO_8859_1));
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      byte[] block = new byte[1_000_000];
      for (int written = 0; written < zeros; written += block.length) {
        deflater.write(block);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot deflate", e);
    }
    return out.toByteArray();
  }

  private static byte[] pngHeader(int width, int height) {
    ByteBuffer png = ByteBuffer.allocate(8 + 4 + 4 + 13 + 4);
    png.putLong(0x89504e470d0a1a0aL).putInt(13);
    png.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height);
    png.put(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(png.array(), 12, 17);
    return png.putInt((int) crc.getValue()).array();
  }
}
