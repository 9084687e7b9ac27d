package io.syllabus.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** One CIFAR-10 binary file. */
record CifarPart(Path batch, List<String> classNames) implements SourcePart {
  CifarPart {
    classNames = List.copyOf(classNames);
  }

  @Override
  public ImageEntries open(Configuration hadoop) throws IOException {
    long modifiedMillis = batch.getFileSystem(hadoop).getFileStatus(batch).getModificationTime();
    InputStream in = new BufferedInputStream(SourceFiles.open(batch, hadoop));
    CifarRecords records =
        new CifarRecords(batch.getName(), batch.toString(), modifiedMillis, in, classNames);
    return new LookAhead(batch.toString()) {
      @Override
      Optional<ImageEntry> advance() throws IOException {
        return records.next();
      }

      @Override
      public void close() throws IOException {
        in.close();
      }
    };
  }
}
