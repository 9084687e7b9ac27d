package io.syllabus.spark;

import io.syllabus.cycle.Model;
import io.syllabus.data.BadDataException;
import io.syllabus.network.ModelFile;
import io.syllabus.network.NetworkSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Models in the store. */
public final class Models {
  private Models() {}

  static Model write(NetworkSnapshot network, String path, Configuration hadoop) {
    try {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      ModelFile.write(network, file);
      Store.write(path, file.toByteArray(), hadoop);
      return new Model(path, network.checksum());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the model " + path, e);
    }
  }

  /**
   * Reads a model.
   *
   * @throws BadDataException where it is missing, or is not what the run wrote
   */
  public static NetworkSnapshot read(Model model, Configuration hadoop) {
    Path path = new Path(model.path());
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return ModelFile.read(in, model.path(), model.checksum());
    } catch (FileNotFoundException e) {
      throw new BadDataException("The model " + model.path() + " is missing", e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the model " + model.path(), e);
    }
  }
}
