package io.syllabus.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ContactSheetTest {
  private static final byte[] RED_AND_BLUE = {
    (byte) 255, 0, 0, 0, 0, (byte) 255, (byte) 255, 0, 0, 0, 0, (byte) 255
  };

  // Two pixels a side are shown as 64: one block of two rows, one of one row, 8 pixels between
  // them.
  @Test
  void laysBlocksBelowEachOther() throws IOException {
    ContactSheet sheet = new ContactSheet(2);
    sheet.add(Collections.nCopies(17, RED_AND_BLUE));
    sheet.add(List.of(RED_AND_BLUE));
    BufferedImage drawn = drawn(sheet);
    assertThat(drawn.getWidth()).isEqualTo(16 * 64);
    assertThat(drawn.getHeight()).isEqualTo(2 * 64 + 8 + 64);
    assertThat(rgb(drawn, 0, 0)).isEqualTo(0xff0000);
    assertThat(rgb(drawn, 31, 63)).isEqualTo(0xff0000);
    assertThat(rgb(drawn, 32, 0)).isEqualTo(0x0000ff);
    assertThat(rgb(drawn, 16 * 64 - 1, 0)).isEqualTo(0x0000ff);
    assertThat(rgb(drawn, 0, 64)).isEqualTo(0xff0000);
    assertThat(rgb(drawn, 64, 64)).isEqualTo(0xffffff);
    assertThat(rgb(drawn, 0, 2 * 64)).isEqualTo(0xffffff);
    assertThat(rgb(drawn, 0, 2 * 64 + 8)).isEqualTo(0xff0000);
  }

  @Test
  void showsLargeImagesAsTheyAre() throws IOException {
    ContactSheet sheet = new ContactSheet(100);
    sheet.add(List.of(new byte[3 * 100 * 100]));
    assertThat(drawn(sheet).getHeight()).isEqualTo(100);
  }

  @Test
  void refusesAnEmptyBlock() {
    assertThatThrownBy(() -> new ContactSheet(8).add(List.of()))
        .hasMessage("a block needs an image");
  }

  private static BufferedImage drawn(ContactSheet sheet) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    sheet.write(png);
    return ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
  }

  private static int rgb(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & 0xffffff;
  }
}
