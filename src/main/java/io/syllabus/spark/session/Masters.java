package io.syllabus.spark.session;

import io.syllabus.config.SettingsException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.package$;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcEnv;
import scala.Option;
import scala.concurrent.Await;
import scala.concurrent.Future;
import scala.concurrent.duration.Duration;

/** The Masters of a standalone cluster. */
final class Masters {
  private static final String SCHEME = "spark://";
  private static final Pattern ADDRESS = Pattern.compile("[^:/]+:\\d{1,5}|\\[[^/]+]:\\d{1,5}");
  // As long as Spark waits before it asks again.
  private static final Duration PATIENCE = Duration.apply(20, TimeUnit.SECONDS);

  private Masters() {}

  /**
   * Asks for a Master, which answers only who has the secret of its cluster. Spark would wait for
   * one for a minute, then stop the session from another thread while it starts.
   *
   * @param url of the cluster; nothing is asked of one that has no Masters
   * @throws SettingsException where none answers, or where the address of one is none
   */
  static void requireOne(SparkConf conf, String url) {
    if (!url.startsWith(SCHEME)) {
      return;
    }
    List<String> addresses = List.of(url.substring(SCHEME.length()).split(","));
    if (!addresses.stream().allMatch(ADDRESS.asMatchPredicate())) {
      throw new SettingsException(
          List.of("spark.master = " + url + " is no cluster: its Master is spark://host:port"));
    }
    RpcEnv client = client(conf);
    try {
      List<Future<RpcEndpointRef>> answers =
          addresses.stream()
              .map(address -> client.asyncSetupEndpointRefByURI(SCHEME + "Master@" + address))
              .toList();
      if (answers.stream().noneMatch(Masters::isThere)) {
        throw new SettingsException(
            List.of(
                url
                    + " takes no job from here: it does not answer, or it asks for a secret, which"
                    + " --properties-file gives"));
      }
    } finally {
      client.shutdown();
    }
  }

  private static RpcEnv client(SparkConf conf) {
    // Java has a class of this name too.
    org.apache.spark.SecurityManager security =
        new org.apache.spark.SecurityManager(
            conf, Option.empty(), package$.MODULE$.AUTH_SECRET_FILE());
    return RpcEnv.create("masters", "localhost", "localhost", 0, conf, security, 0, true);
  }

  private static boolean isThere(Future<RpcEndpointRef> answer) {
    try {
      Await.ready(answer, PATIENCE);
      return answer.value().get().isSuccess();
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a Master was asked", e);
    }
  }
}
