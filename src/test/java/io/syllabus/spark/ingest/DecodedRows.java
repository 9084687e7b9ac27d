package io.syllabus.spark.ingest;

import io.syllabus.data.ImageDecoder;
import io.syllabus.data.UnreadableImageException;
import io.syllabus.network.Classifier;
import java.util.Iterator;
import org.apache.spark.sql.Row;

/** Rows of the examples table, id and bytes, decoded one at a time. */
public record DecodedRows(Iterator<Row> rows, ImageDecoder decoder)
    implements Iterator<Classifier.Image<String>> {

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public Classifier.Image<String> next() {
    Row row = rows.next();
    try {
      byte[] bytes = row.getAs("bytes");
      return new Classifier.Image<>(row.getString(0), decoder.decode(bytes).pixels());
    } catch (UnreadableImageException e) {
      throw new IllegalStateException("Ingest took " + row.getString(0) + ", it is unreadable", e);
    }
  }
}
