package io.syllabus.job;

import io.syllabus.Text;
import io.syllabus.config.SettingsException;
import io.syllabus.data.BadDataException;
import io.syllabus.publish.PublicationRefusedException;
import io.syllabus.spark.train.TrainingDivergedException;
import io.syllabus.store.StoreLockedException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkThrowable;

/**
 * A failure as the user sees it.
 *
 * @param exitCode of the job
 * @param sentence what is wrong and what mends it
 */
record Failure(int exitCode, String sentence) {
  // What the AWS SDK adds to a service's own words.
  private static final Pattern AWS_REQUEST = Pattern.compile("\\s*\\(Service: .*", Pattern.DOTALL);

  /** Finds the cause that a person can act on, however deep Spark has wrapped it. */
  static Failure of(Throwable thrown) {
    List<Throwable> causes = causes(thrown);
    return find(causes, SettingsException.class)
        .map(e -> new Failure(ExitCode.WRONG_SETTINGS, e.getMessage()))
        .or(() -> find(causes, BadDataException.class).map(Failure::badData))
        .or(
            () ->
                find(causes, StoreLockedException.class)
                    .map(e -> new Failure(ExitCode.STORE_IN_USE, e.getMessage())))
        .or(
            () ->
                find(causes, PublicationRefusedException.class)
                    .map(e -> new Failure(ExitCode.REFUSED, e.getMessage())))
        .or(() -> find(causes, TrainingDivergedException.class).map(Failure::inside))
        .or(
            () ->
                MachineFault.sentence(causes)
                    .map(sentence -> new Failure(ExitCode.INTERNAL_FAILURE, sentence)))
        .or(() -> ofStorage(causes).map(Failure::storage))
        .or(() -> find(causes, OutOfMemoryError.class).map(Failure::outOfMemory))
        .or(
            () ->
                causes.stream()
                    .filter(Failure::isTooLittleForSpark)
                    .findFirst()
                    .map(e -> tooLittle()))
        .orElseGet(() -> internal(causes));
  }

  /** A session that was ended since it had waited too long. */
  static Failure ofWaiting(String sentence) {
    return new Failure(ExitCode.INTERNAL_FAILURE, sentence);
  }

  private static Failure badData(BadDataException e) {
    return new Failure(ExitCode.BAD_DATA, e.getMessage());
  }

  private static Failure inside(Throwable e) {
    return new Failure(ExitCode.INTERNAL_FAILURE, e.getMessage());
  }

  // Spark's processes talk over Netty, which wraps what it cannot reach in an exception of its own.
  private static Optional<Throwable> ofStorage(List<Throwable> causes) {
    return causes.stream().anyMatch(e -> e.getClass().getName().startsWith("io.netty."))
        ? Optional.empty()
        : causes.stream().filter(Failure::isOfStorage).findFirst();
  }

  // By its name where Spark need not have it.
  private static boolean isOfStorage(Throwable e) {
    return e instanceof AccessDeniedException
        || e instanceof AccessControlException
        || e instanceof ConnectException
        || e instanceof UnknownHostException
        || e.getClass().getName().equals("org.apache.hadoop.fs.s3a.UnknownStoreException");
  }

  private static Failure storage(Throwable e) {
    return new Failure(
        ExitCode.INTERNAL_FAILURE,
        "The storage refuses or does not answer ("
            + AWS_REQUEST.matcher(String.valueOf(e.getMessage())).replaceFirst("")
            + "): check its address, the permissions and the credentials and start again; what was"
            + " written before is intact");
  }

  private static Failure outOfMemory(OutOfMemoryError e) {
    return new Failure(
        ExitCode.INTERNAL_FAILURE,
        "Out of memory ("
            + e.getMessage()
            + "): give Java more with SYLLABUS_JAVA_OPTIONS=-Xmx8g, or lower training.workers or"
            + " scoring.batch-size");
  }

  private static boolean isTooLittleForSpark(Throwable e) {
    return e instanceof SparkThrowable spark
        && "INVALID_DRIVER_MEMORY".equals(spark.getErrorClass());
  }

  private static Failure tooLittle() {
    return new Failure(
        ExitCode.WRONG_SETTINGS,
        Text.format(
            "Java has %,d MiB of memory, which is too little for Spark: give it more with"
                + " SYLLABUS_JAVA_OPTIONS=-Xmx2g, or with --driver-memory 2g where the job is"
                + " submitted",
            Runtime.getRuntime().maxMemory() >> 20));
  }

  private static Failure internal(List<Throwable> causes) {
    Throwable root = causes.get(causes.size() - 1);
    return new Failure(ExitCode.INTERNAL_FAILURE, "Internal failure: " + root);
  }

  private static <T extends Throwable> Optional<T> find(List<Throwable> causes, Class<T> type) {
    return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  private static List<Throwable> causes(Throwable thrown) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable e = thrown; e != null && !causes.contains(e); e = e.getCause()) {
      causes.add(e);
    }
    return causes;
  }
}
