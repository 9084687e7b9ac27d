package io.syllabus.spark.session;

import io.syllabus.Text;
import io.syllabus.config.SettingsException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.master.MasterMessages.BoundPortsRequest$;
import org.apache.spark.deploy.master.MasterMessages.BoundPortsResponse;
import org.apache.spark.internal.config.package$;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcEnv;
import scala.Option;
import scala.concurrent.Await;
import scala.concurrent.Future;
import scala.concurrent.duration.Duration;
import scala.reflect.ClassTag$;
import scala.util.Try;

/** The Masters of a standalone cluster. */
final class Masters implements Cluster {
  private static final String SCHEME = "spark://";
  private static final Pattern ADDRESS = Pattern.compile("[^:/]+:\\d{1,5}|\\[[^/]+]:\\d{1,5}");
  // As long as Spark waits before it asks again.
  private static final Duration LIMIT = Duration.apply(20, TimeUnit.SECONDS);

  private final SparkConf conf;
  private final String url;

  /**
   * @param url of the cluster
   */
  Masters(SparkConf conf, String url) {
    this.conf = conf;
    this.url = url;
  }

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
    Masters masters = new Masters(conf, url);
    if (!masters.addresses().stream().allMatch(ADDRESS.asMatchPredicate())) {
      throw new SettingsException(
          List.of("spark.master = " + url + " is no cluster: its Master is spark://host:port"));
    }
    if (masters.ask().isEmpty()) {
      throw new SettingsException(
          List.of(
              url
                  + " takes no job from here: it does not answer, or it asks for a secret, which"
                  + " --properties-file gives"));
    }
  }

  @Override
  public String obstacle(Optional<String> applicationId) throws IOException {
    List<MasterPage> answers = ask();
    if (answers.isEmpty()) {
      return Text.format("the Master is lost, %s does not answer", url);
    }
    IOException silence = new IOException("no Master of " + url + " leads, all are on standby");
    for (MasterPage master : answers) {
      try {
        Optional<String> obstacle = master.obstacle(applicationId, ExecutorSize.ofHeap(conf));
        if (obstacle.isPresent()) {
          return obstacle.get();
        }
      } catch (IOException e) {
        silence = e;
      }
    }
    throw silence;
  }

  private List<String> addresses() {
    return List.of(url.substring(SCHEME.length()).split(","));
  }

  /** The pages of those that answer. */
  private List<MasterPage> ask() {
    RpcEnv client = client();
    try {
      // All are asked at once.
      List<Future<RpcEndpointRef>> answers =
          addresses().stream()
              .map(address -> client.asyncSetupEndpointRefByURI(SCHEME + "Master@" + address))
              .toList();
      return answers.stream().flatMap(answer -> await(answer).stream()).map(this::page).toList();
    } finally {
      client.shutdown();
    }
  }

  private RpcEnv client() {
    // Java has a class of this name too.
    org.apache.spark.SecurityManager security =
        new org.apache.spark.SecurityManager(
            conf, Option.empty(), package$.MODULE$.AUTH_SECRET_FILE());
    return RpcEnv.create("masters", "localhost", "localhost", 0, conf, security, 0, true);
  }

  // What it says of itself by RPC leaves out what of its Workers is used, and who of them is dead.
  private MasterPage page(RpcEndpointRef master) {
    Future<BoundPortsResponse> ports =
        master.ask(BoundPortsRequest$.MODULE$, ClassTag$.MODULE$.apply(BoundPortsResponse.class));
    return new MasterPage(
        conf, master.address().host(), await(ports).map(BoundPortsResponse::webUIPort).orElse(0));
  }

  private static <T> Optional<T> await(Future<T> answer) {
    try {
      Await.ready(answer, LIMIT);
      Try<T> outcome = answer.value().get();
      return outcome.isSuccess() ? Optional.of(outcome.get()) : Optional.empty();
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a Master was asked", e);
    }
  }
}
