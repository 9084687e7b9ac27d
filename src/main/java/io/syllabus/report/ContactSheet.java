package io.syllabus.report;

import static io.syllabus.Checks.require;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Images in rows, block below block, as one picture: without text, which needs fonts. */
public final class ContactSheet {
  private static final int COLUMNS = 16;
  private static final int GAP = 8;
  private static final int WHITE = 0xffffff;

  // Small images are shown larger, each pixel as a square.
  private static final int SHOWN = 64;

  private final int size;
  private final int scale;
  private final List<List<byte[]>> blocks = new ArrayList<>();

  /**
   * @param size pixels a side of every image
   */
  public ContactSheet(int size) {
    this.size = size;
    this.scale = Math.max(1, SHOWN / size);
  }

  /** Adds a block; images are RGB interleaved, rows from top to bottom. */
  public void add(List<byte[]> images) {
    require(!images.isEmpty(), "a block needs an image");
    blocks.add(List.copyOf(images));
  }

  /** Writes the sheet as PNG. The stream stays open. */
  public void write(OutputStream out) throws IOException {
    int tile = size * scale;
    int height = blocks.stream().mapToInt(block -> rows(block) * tile + GAP).sum() - GAP;
    BufferedImage sheet = new BufferedImage(COLUMNS * tile, height, BufferedImage.TYPE_INT_RGB);
    int top = 0;
    for (List<byte[]> block : blocks) {
      for (int i = 0; i < rows(block) * COLUMNS; i++) {
        int x = i % COLUMNS * tile;
        int y = top + i / COLUMNS * tile;
        if (i < block.size()) {
          draw(block.get(i), sheet, x, y);
        } else {
          fill(sheet, x, y, tile, tile);
        }
      }
      top += rows(block) * tile;
      fill(sheet, 0, top, sheet.getWidth(), Math.min(GAP, height - top));
      top += GAP;
    }
    ImageIO.write(sheet, "png", out);
  }

  private static int rows(List<byte[]> block) {
    return (block.size() + COLUMNS - 1) / COLUMNS;
  }

  private void draw(byte[] image, BufferedImage sheet, int left, int top) {
    for (int y = 0; y < size * scale; y++) {
      for (int x = 0; x < size * scale; x++) {
        int at = 3 * (y / scale * size + x / scale);
        int rgb = (image[at] & 0xff) << 16 | (image[at + 1] & 0xff) << 8 | (image[at + 2] & 0xff);
        sheet.setRGB(left + x, top + y, rgb);
      }
    }
  }

  private static void fill(BufferedImage sheet, int left, int top, int width, int height) {
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        sheet.setRGB(x, y, WHITE);
      }
    }
  }
}
