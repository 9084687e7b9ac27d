package io.syllabus.spark;

import io.syllabus.Text;
import io.syllabus.config.Settings;
import io.syllabus.data.BadDataException;
import io.syllabus.data.ClassChoice;
import io.syllabus.data.ImageEntry;
import io.syllabus.data.ImageSource;
import io.syllabus.data.SourceRole;
import io.syllabus.evaluate.ConfusionMatrix;
import io.syllabus.network.Classifier;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.network.Prediction;
import io.syllabus.report.Console;
import io.syllabus.spark.ingest.Intake;
import io.syllabus.spark.score.SourceClassifier;
import io.syllabus.spark.score.SourcePass;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Runs the images of a source, which no run has ingested, through a finished run's model. */
public final class SourceScoring {
  private static final StructType LABEL =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("label", DataTypes.StringType, false)
          .add("confidence", DataTypes.FloatType, false)
          .add("runner_up", DataTypes.StringType, false)
          .add("margin", DataTypes.FloatType, false);

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final Settings settings;
  private final NetworkSnapshot network;
  private final List<String> classes;
  private final Console console;

  /**
   * @param settings of the run that trained the network
   * @param classes names in the order of the network's outputs
   */
  public SourceScoring(
      SparkSession spark,
      Settings settings,
      NetworkSnapshot network,
      List<String> classes,
      Console console) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.settings = settings;
    this.network = network;
    this.classes = List.copyOf(classes);
    this.console = console;
  }

  /**
   * Measures the network on a labeled source; images of classes that the run has no labels for are
   * left out.
   *
   * @throws BadDataException where the source has a class that the network does not know, or no
   *     readable image
   */
  public ConfusionMatrix evaluate(ImageSource source) {
    int count = classes.size();
    List<String> names = classes;
    ClassChoice choice = ClassChoice.of(settings.data());
    try (SourcePass pass = pass("evaluate", source)) {
      ConfusionMatrix matrix =
          classified(pass, SourceRole.TEST, source)
              .mapPartitions(
                  images -> {
                    ConfusionMatrix part = new ConfusionMatrix(count);
                    images.forEachRemaining(
                        image -> {
                          if (choice.isLabel(image.key().className())) {
                            part.add(label(image.key(), names), image.probabilities());
                          }
                        });
                    return List.of(part).iterator();
                  })
              .reduce(ConfusionMatrix::merge);
      pass.rejections().say(console);
      if (matrix.images() == 0) {
        throw new BadDataException(source.path() + " holds no readable image in a class folder");
      }
      return matrix;
    }
  }

  private static int label(Key key, List<String> classes) {
    int label = classes.indexOf(key.className());
    if (label < 0) {
      throw new BadDataException(
          Text.format(
              "The model does not match the data: %s has class \"%s\", the model knows %s",
              key.location(), key.className(), String.join(", ", classes)));
    }
    return label;
  }

  /**
   * Labels a source: a Parquet table with id, label, confidence, runner_up and margin.
   *
   * @param csv whether to write {@code <output>.csv} as well
   * @return how many images were labeled
   */
  public long label(ImageSource source, String output, boolean csv) throws IOException {
    try (SourcePass pass = pass("label", source)) {
      List<String> names = classes;
      JavaRDD<Row> rows =
          classified(pass, SourceRole.UNLABELED, source)
              .map(
                  image -> {
                    Prediction prediction = Prediction.of(image.probabilities());
                    return RowFactory.create(
                        image.key().id(),
                        names.get(prediction.label()),
                        prediction.confidence(),
                        names.get(prediction.runnerUp()),
                        prediction.margin());
                  });
      Export.PARQUET.write(spark.createDataFrame(rows, LABEL), output);
      pass.rejections().say(console);
    }
    if (csv) {
      Export.CSV.write(spark.read().parquet(output), output + ".csv");
    }
    return spark.read().parquet(output).count();
  }

  private SourcePass pass(String work, ImageSource source) {
    context.setJobDescription(work + " " + source.path());
    return new SourcePass(context, settings, network, work, console);
  }

  private static JavaRDD<Classifier.Classified<Key>> classified(
      SourcePass pass, SourceRole role, ImageSource source) {
    SourceClassifier classifier = pass.classifier();
    return pass.images(role, source).mapPartitions(images -> classifier.classify(images, Key::of));
  }

  /**
   * What an image is known by.
   *
   * @param className empty where it has none
   */
  private record Key(String id, String className, String location) {
    static Key of(ImageEntry image, Intake.Taken taken) {
      return new Key(image.id(), taken.className(), image.location());
    }
  }
}
