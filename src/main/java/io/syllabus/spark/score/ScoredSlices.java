package io.syllabus.spark.score;

import io.syllabus.Text;
import io.syllabus.data.Split;
import io.syllabus.network.Prediction;
import io.syllabus.spark.shard.ShardExamples;
import io.syllabus.store.WholeFiles;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.LongAccumulator;

/**
 * One worker's scores of its part of the pool. They are made slice by slice, and each slice is a
 * file before the first of its scores is handed out: a pass that was cut off scores only what has
 * no file yet. Holds one slice.
 */
final class ScoredSlices implements Iterator<Score> {
  /** So much of a pass is lost, at most, where it is cut off: one part of so many. */
  static final int SLICES = 16;

  private final String files;
  private final List<List<ShardExamples>> slices;
  private final LongAccumulator done;
  private final Configuration hadoop;
  private final BitSet written = new BitSet();
  private final Iterator<Score> fresh;
  private int slice;
  private Iterator<Score> scores = Collections.emptyIterator();

  /**
   * @param files what the slices' paths begin with
   * @param slices of the pool, in order
   * @param scorer scores the images of shards, in their order
   * @param done counts images that were scored before
   */
  ScoredSlices(
      String files,
      List<List<ShardExamples>> slices,
      Function<Iterator<ShardExamples>, Iterator<Score>> scorer,
      LongAccumulator done,
      Configuration hadoop)
      throws IOException {
    this.files = files;
    this.slices = slices;
    this.done = done;
    this.hadoop = hadoop;
    List<ShardExamples> missing = new ArrayList<>();
    for (int i = 0; i < slices.size(); i++) {
      Path path = path(i);
      if (WholeFiles.system(path, hadoop).exists(path)) {
        written.set(i);
      } else {
        missing.addAll(slices.get(i));
      }
    }
    this.fresh = missing.isEmpty() ? Collections.emptyIterator() : scorer.apply(missing.iterator());
  }

  /** Cuts the pool of a worker's shards into slices of one size, of which some may be empty. */
  static List<List<ShardExamples>> sliced(Iterator<ShardExamples> shards) {
    List<ShardExamples> pool = new ArrayList<>();
    shards.forEachRemaining(shard -> pool.add(shard.with(shard.rows(Split.POOL))));
    long total = pool.stream().mapToLong(shard -> shard.rows(Split.POOL).size()).sum();
    List<List<ShardExamples>> slices = new ArrayList<>();
    for (int slice = 0; slice < SLICES; slice++) {
      slices.add(range(pool, total * slice / SLICES, total * (slice + 1) / SLICES));
    }
    return slices;
  }

  private static List<ShardExamples> range(List<ShardExamples> pool, long from, long to) {
    List<ShardExamples> range = new ArrayList<>();
    long first = 0;
    for (ShardExamples shard : pool) {
      List<ShardExamples.Row> rows = shard.rows(Split.POOL);
      int begin = (int) Math.max(0, Math.min(rows.size(), from - first));
      int end = (int) Math.max(0, Math.min(rows.size(), to - first));
      if (begin < end) {
        range.add(shard.with(rows.subList(begin, end)));
      }
      first += rows.size();
    }
    return range;
  }

  @Override
  public boolean hasNext() {
    while (!scores.hasNext() && slice < slices.size()) {
      scores = open(slice++).iterator();
    }
    // Asked at the end, too: that is when the scorer closes its network.
    return scores.hasNext() || fresh.hasNext();
  }

  @Override
  public Score next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return scores.next();
  }

  private List<Score> open(int number) {
    try {
      if (written.get(number)) {
        List<Score> read = read(path(number));
        done.add(read.size());
        return read;
      }
      int size = slices.get(number).stream().mapToInt(s -> s.rows(Split.POOL).size()).sum();
      List<Score> made = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        made.add(fresh.next());
      }
      write(path(number), made);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write or read " + path(number), e);
    }
  }

  private Path path(int number) {
    return new Path(Text.format("%s-%02d", files, number));
  }

  private void write(Path path, List<Score> made) throws IOException {
    WholeFiles.write(
        path.toString(),
        stream -> {
          DataOutputStream out = new DataOutputStream(stream);
          out.writeInt(made.size());
          for (Score score : made) {
            Prediction prediction = score.prediction();
            out.writeInt(score.shard());
            out.writeUTF(score.id());
            out.writeInt(score.truth());
            out.writeInt(prediction.label());
            out.writeFloat(prediction.confidence());
            out.writeInt(prediction.runnerUp());
            out.writeFloat(prediction.margin());
            out.writeFloat(prediction.entropy());
          }
          out.flush();
        },
        hadoop);
  }

  private List<Score> read(Path path) throws IOException {
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(WholeFiles.system(path, hadoop).open(path), 1 << 16))) {
      int size = in.readInt();
      List<Score> read = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        int shard = in.readInt();
        String id = in.readUTF();
        int truth = in.readInt();
        read.add(
            new Score(
                shard,
                id,
                truth,
                new Prediction(
                    in.readInt(), in.readFloat(), in.readInt(), in.readFloat(), in.readFloat())));
      }
      return read;
    }
  }
}
