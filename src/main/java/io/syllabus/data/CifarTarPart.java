package io.syllabus.data;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The training or the test files of a tar of CIFAR-10 binary files. */
record CifarTarPart(Path tar, Cifar.Batch batch) implements SourcePart {

  /** Whether a tar with this file in it holds CIFAR-10 binary files. */
  static boolean isIn(String file) {
    return Cifar.isBatch(new Path(file).getName());
  }

  @Override
  public ImageEntries open(Configuration hadoop) throws IOException {
    return new Records(this, TarReader.open(tar, hadoop));
  }

  private static final class Records extends LookAhead {
    private final CifarTarPart part;
    private final TarReader tar;
    private Optional<CifarRecords> records = Optional.empty();
    private boolean found;

    Records(CifarTarPart part, TarReader tar) {
      super(part.tar().toString());
      this.part = part;
      this.tar = tar;
    }

    @Override
    Optional<ImageEntry> advance() throws IOException {
      while (true) {
        if (records.isPresent()) {
          Optional<ImageEntry> next = records.get().next();
          if (next.isPresent()) {
            return next;
          }
        }
        records = nextBatch();
        if (records.isEmpty()) {
          requireFound();
          return Optional.empty();
        }
      }
    }

    private Optional<CifarRecords> nextBatch() throws IOException {
      for (Optional<String> file = tar.nextFile(); file.isPresent(); file = tar.nextFile()) {
        String path = file.get();
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (part.batch().has(name)) {
          found = true;
          return Optional.of(
              new CifarRecords(
                  name,
                  tar.location(path),
                  tar.modifiedMillis(),
                  tar.content(),
                  Cifar.STANDARD_CLASS_NAMES));
        }
      }
      return Optional.empty();
    }

    private void requireFound() {
      if (!found) {
        throw new BadDataException(
            part.tar() + " holds no " + part.batch() + ", as CIFAR-10's binary version does");
      }
    }

    @Override
    public void close() throws IOException {
      tar.close();
    }
  }
}
