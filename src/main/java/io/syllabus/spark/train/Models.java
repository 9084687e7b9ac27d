package io.syllabus.spark.train;

import io.syllabus.Seeds;
import io.syllabus.config.Settings;
import io.syllabus.cycle.Model;
import io.syllabus.data.BadDataException;
import io.syllabus.network.ModelFile;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.network.OutputRegularizers;
import io.syllabus.network.PretrainedFile;
import io.syllabus.network.Regularization;
import io.syllabus.store.WholeFiles;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Models in the store. */
public final class Models {
  private Models() {}

  /** Writes a model, whole or not at all. */
  public static Model write(NetworkSnapshot network, String path, Configuration hadoop) {
    try {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      ModelFile.write(network, file);
      WholeFiles.write(path, file.toByteArray(), hadoop);
      return new Model(path, network.checksum());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the model " + path, e);
    }
  }

  /**
   * Reads a network that was trained elsewhere, with an output for so many classes.
   *
   * @throws BadDataException where it is missing, or is no such network
   */
  static NetworkSnapshot pretrained(
      String file, Settings settings, int classes, Configuration hadoop) {
    Regularization regularization =
        new Regularization(0, OutputRegularizers.of(settings.training()));
    Path path = new Path(file);
    try {
      java.nio.file.Path copy = Files.createTempFile("syllabus-", ".network");
      try (InputStream in = path.getFileSystem(hadoop).open(path)) {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        return PretrainedFile.read(
            copy, file, classes, regularization, Seeds.derive(settings.seed(), "network"));
      } finally {
        Files.delete(copy);
      }
    } catch (FileNotFoundException e) {
      throw new BadDataException(file + ", which network.weights names, does not exist", e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
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
