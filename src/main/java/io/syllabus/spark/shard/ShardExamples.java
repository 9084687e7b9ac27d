package io.syllabus.spark.shard;

import io.syllabus.data.Split;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run uses one shard's images for: a row an image that is used, without its pixels. Grows
 * with the shard, about 100 bytes an image, and lives on the workers.
 */
public final class ShardExamples implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Nobody knows the image's class. */
  public static final int UNKNOWN = -1;

  /** The image's class is known, and no label: it is one that only the pool has. */
  public static final int FOREIGN = -2;

  private final PixelFile pixels;
  private final List<Row> rows = new ArrayList<>();

  /**
   * One image.
   *
   * @param record where the shard's {@link PixelFile} has it
   * @param truth its true class, {@link #UNKNOWN} or {@link #FOREIGN}; of a pool image, only to
   *     measure by
   */
  public record Row(String id, int record, Split split, int truth) implements Serializable {}

  /** A shard without examples. */
  public ShardExamples(PixelFile pixels) {
    this.pixels = pixels;
  }

  /** The same shard with some of its rows. */
  public ShardExamples with(List<Row> some) {
    ShardExamples part = new ShardExamples(pixels);
    part.rows.addAll(some);
    return part;
  }

  /** Adds an example of the shard. */
  public void add(Row row) {
    rows.add(row);
  }

  /** Where the pixels of its images are. */
  public PixelFile pixels() {
    return pixels;
  }

  /** The rows of one split, in the order of their records. */
  public List<Row> rows(Split split) {
    return rows.stream().filter(row -> row.split() == split).toList();
  }
}
