package io.syllabus.spark.session;

import io.syllabus.Text;
import io.syllabus.report.Console;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over a job's session on a cluster: says what the job waits for, and ends the session
 * where that has taken too long. In local mode there is nothing to watch.
 */
public final class ClusterWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);

  private final Console console;
  private volatile Optional<String> verdict = Optional.empty();

  /**
   * @param console where it says what is waited for
   */
  public ClusterWatch(Console console) {
    this.console = console;
  }

  /**
   * Why the session was ended; empty where it was not. Whatever the job's own thread fails with
   * from then on only follows from it.
   */
  public Optional<String> verdict() {
    return verdict;
  }

  /**
   * Starts a session. A thread watches over it, also while it is being made, and ends with it.
   *
   * @param patience after which it is ended where nothing moves
   */
  SparkSession start(SparkConf conf, Duration patience) {
    Optional<Cluster> cluster = Cluster.of(conf);
    SparkSession.Builder builder = SparkSession.builder().config(conf);
    if (cluster.isEmpty()) {
      return builder.getOrCreate();
    }
    Watching watching = new Watching(cluster.get(), patience);
    Thread thread = new Thread(watching, "cluster-watch");
    thread.setDaemon(true);
    thread.start();
    try {
      SparkSession session = builder.getOrCreate();
      watching.context = Optional.of(session.sparkContext());
      return session;
    } finally {
      watching.isBeingMade = false;
    }
  }

  /** What a thread does for a session. */
  private final class Watching implements Runnable {
    private static final long POLL_MILLIS = 500;

    private final Cluster cluster;
    private final Duration patience;
    private final WaitingTime wait;
    private volatile boolean isBeingMade = true;
    private volatile Optional<SparkContext> context = Optional.empty();

    Watching(Cluster cluster, Duration patience) {
      this.cluster = cluster;
      this.patience = patience;
      this.wait = new WaitingTime(patience);
    }

    @Override
    public void run() {
      try {
        while (!isOver()) {
          look();
          TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (IllegalStateException e) {
        // Of a session that ends meanwhile nothing can be asked.
        LOG.debug("The session has ended", e);
      }
    }

    private boolean isOver() {
      return !isBeingMade && context.map(SparkContext::isStopped).orElse(true);
    }

    private void look() {
      Activity seen = activity();
      WaitingTime.Step step = verdict.isPresent() ? WaitingTime.Step.END : wait.next(seen, now());
      if (step == WaitingTime.Step.SAY) {
        console.say(
            Text.format(
                "Waiting for %s, %s: %s; the job ends after %s of it (cluster.patience)",
                words(wait.waited(now())), words(seen), obstacle(seen), words(patience)));
      } else if (step == WaitingTime.Step.END) {
        end(seen);
      }
    }

    private void end(Activity seen) {
      if (verdict.isEmpty()) {
        String obstacle = obstacle(seen);
        // The answer may have taken a while, in which an executor has come.
        if (wait.next(activity(), now()) != WaitingTime.Step.END) {
          return;
        }
        verdict =
            Optional.of(
                Text.format(
                    "Ended after waiting for %s (cluster.patience), %s: %s",
                    words(patience), words(seen), obstacle));
      }
      context.ifPresentOrElse(SparkContext::stop, this::withdraw);
    }

    private void withdraw() {
      try {
        cluster.withdraw();
      } catch (IOException e) {
        LOG.warn("What the session asked for could not be taken back", e);
      }
    }

    private Activity activity() {
      return context.map(Activity::of).orElse(Activity.NONE);
    }

    private Duration now() {
      return Duration.ofNanos(System.nanoTime());
    }

    private String obstacle(Activity seen) {
      if (seen.executors() > 0) {
        return "no executor takes one, the logs of executors say why";
      }
      try {
        return cluster.obstacle(context.map(SparkContext::applicationId));
      } catch (IOException | RuntimeException | LinkageError e) {
        LOG.warn("The cluster does not say what stands in the way", e);
        return e.getMessage();
      }
    }
  }

  private static String words(Activity seen) {
    return seen.executors() == 0
        ? "no executor lives"
        : Text.format("no task runs, waiting: %,d", seen.waiting());
  }

  private static String words(Duration time) {
    return time.toSeconds() < 120
        ? time.toSeconds() + " seconds"
        : Text.format("%,d minutes", time.toMinutes());
  }
}
