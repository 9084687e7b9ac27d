package io.syllabus.benchmark;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.spark.train.AveragingRounds;
import io.syllabus.spark.train.PlainWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** What Spark and averaging cost: long rounds against two JVMs that share nothing. */
final class RoundRow {
  private static final Architecture ARCHITECTURE = Architecture.SMALL_CNN;
  private static final int BATCH_SIZE = 128;
  private static final int WORKERS = 2;
  private static final int ROUND_SECONDS = 10;
  private static final int FEW_MINIBATCHES = 4;

  private RoundRow() {}

  static Row row() {
    return new Row(
        "round",
        String.format(
            "trains small-cnn in rounds of %d s in Spark, against two plain JVMs", ROUND_SECONDS),
        Unit.IMAGES_A_SECOND,
        new InSpark(),
        new PlainJvms());
  }

  private record InSpark() implements Side {
    @Override
    public String description() {
      return "rounds in Spark, two workers of one thread";
    }

    @Override
    public Measurement measure(Setup setup) throws Exception {
      Pace pace = setup.pace();
      try (AveragingRounds rounds = new AveragingRounds(ARCHITECTURE, BATCH_SIZE, WORKERS)) {
        double roughly =
            new Pace(pace.warmUpSeconds(), ROUND_SECONDS)
                .imagesPerSecond(() -> rounds.train(FEW_MINIBATCHES));
        int minibatches = (int) Math.ceil(ROUND_SECONDS * roughly / BATCH_SIZE);
        double speed = new Pace(0, pace.seconds()).imagesPerSecond(() -> rounds.train(minibatches));
        return new Measurement(
            speed, Map.of("seconds a round", (double) minibatches * BATCH_SIZE / speed));
      }
    }
  }

  private record PlainJvms() implements Side {
    @Override
    public String description() {
      return "the same minibatches in two JVMs of one thread, without Spark";
    }

    @Override
    public Measurement measure(Setup setup) throws Exception {
      ExecutorService jvms = Executors.newFixedThreadPool(WORKERS);
      try {
        List<Future<Measurement>> parts = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
          List<String> command = command(worker, setup.pace());
          parts.add(
              jvms.submit(
                  () -> Program.measure("Training in a plain JVM", new ProcessBuilder(command))));
        }
        double sum = 0;
        for (Future<Measurement> part : parts) {
          sum += part.get().value();
        }
        return Measurement.of(sum);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof BenchmarkException failure ? failure : e;
      } finally {
        jvms.shutdownNow();
      }
    }

    private static List<String> command(int worker, Pace pace) {
      List<String> numbers =
          Stream.of(worker, pace.warmUpSeconds(), pace.seconds()).map(String::valueOf).toList();
      return OwnJvm.command(Jvm.SYLLABUS, RoundRow.class, numbers);
    }
  }

  /** One of the plain JVMs: the worker's number, seconds to warm up, seconds to measure. */
  public static void main(String[] arguments) throws Exception {
    int number = Integer.parseInt(arguments[0]);
    Pace pace = new Pace(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    try (PlainWorker worker = new PlainWorker(ARCHITECTURE, BATCH_SIZE / WORKERS, number)) {
      double speed = pace.imagesPerSecond(() -> worker.train(FEW_MINIBATCHES));
      Measurement.of(speed).lines().forEach(System.out::println);
    }
    System.exit(0);
  }
}
