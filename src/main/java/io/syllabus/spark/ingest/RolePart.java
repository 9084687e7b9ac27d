package io.syllabus.spark.ingest;

import io.syllabus.data.ImageEntries;
import io.syllabus.data.SourcePart;
import io.syllabus.data.SourceRole;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;

/** A part of a source, read by one task, and what the source was given for. */
record RolePart(SourceRole role, SourcePart part) implements Serializable {

  /** The part's images, one after the other; closed when the last was taken. */
  Iterator<SourceEntry> open(Configuration hadoop) throws IOException {
    ImageEntries images = part.open(hadoop);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        boolean more = images.hasNext();
        if (!more) {
          close();
        }
        return more;
      }

      @Override
      public SourceEntry next() {
        return new SourceEntry(role, images.next());
      }

      private void close() {
        try {
          images.close();
        } catch (IOException e) {
          throw new UncheckedIOException("Cannot close " + part, e);
        }
      }
    };
  }
}
