package io.syllabus.spark.session;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.syllabus.Text;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.k8s.SparkKubernetesClientFactory;
import org.apache.spark.deploy.k8s.SparkKubernetesClientFactory.ClientType$;
import scala.Option;

/** A cluster whose executors are pods. */
final class Kubernetes implements Cluster {
  private static final String SCHEME = "k8s://";
  private static final String PREFIX = "spark.kubernetes.";
  private static final String AUTHORITY = "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt";
  private static final int LIMIT_MILLIS = 5_000;

  private final SparkConf conf;
  private final String master;

  /**
   * @param master as Spark's setting of that name has it
   */
  Kubernetes(SparkConf conf, String master) {
    this.conf = conf;
    this.master = master;
  }

  @Override
  public String obstacle(Optional<String> applicationId) throws IOException {
    if (applicationId.isEmpty()) {
      return "the session has asked for no pod yet";
    }
    String namespace = conf.get(PREFIX + "namespace", "default");
    Map<String, String> executors =
        Map.of("spark-app-selector", applicationId.get(), "spark-role", "executor");
    try (KubernetesClient client = client(namespace)) {
      return obstacle(
          client.pods().inNamespace(namespace).withLabels(executors).list().getItems(), namespace);
    } catch (KubernetesClientException e) {
      throw new IOException("the API server refuses or does not answer: " + e.getMessage(), e);
    }
  }

  // As Spark makes its own.
  private KubernetesClient client(String namespace) {
    boolean isInside = conf.getBoolean(PREFIX + "submitInDriver", false);
    String server =
        isInside
            ? conf.get(PREFIX + "driver.master", "https://kubernetes.default.svc")
            : master.substring(SCHEME.length());
    SparkConf impatient = conf.clone();
    impatient.set(PREFIX + "driver.connectionTimeout", String.valueOf(LIMIT_MILLIS));
    impatient.set(PREFIX + "driver.requestTimeout", String.valueOf(LIMIT_MILLIS));
    File authority = new File(AUTHORITY);
    return SparkKubernetesClientFactory.createKubernetesClient(
        server,
        Option.apply(namespace),
        PREFIX + (isInside ? "authenticate.driver.mounted" : "authenticate"),
        ClientType$.MODULE$.Driver(),
        impatient,
        isInside && authority.exists() ? Option.apply(authority) : Option.empty());
  }

  /** What the pods of its executors say of the way to one. */
  static String obstacle(List<Pod> executors, String namespace) {
    if (executors.isEmpty()) {
      return Text.format(
          "namespace %s has no pod for an executor: the driver's log says who refused one",
          namespace);
    }
    Map<String, Integer> podsByReason = new TreeMap<>();
    executors.forEach(pod -> podsByReason.merge(reason(pod), 1, Integer::sum));
    return String.join(
        "; ",
        podsByReason.entrySet().stream()
            .map(entry -> Text.format("pods: %d %s", entry.getValue(), entry.getKey()))
            .toList());
  }

  private static String reason(Pod pod) {
    String phase = String.valueOf(pod.getStatus().getPhase()).toLowerCase(java.util.Locale.ROOT);
    Stream<String> ofPod =
        pod.getStatus().getConditions().stream().flatMap(Kubernetes::unscheduled);
    Stream<String> ofContainers =
        pod.getStatus().getContainerStatuses().stream().flatMap(Kubernetes::stuck);
    return Stream.concat(ofPod, ofContainers)
        .findFirst()
        .map(why -> phase + ", " + why)
        .orElse(phase);
  }

  private static Stream<String> unscheduled(PodCondition condition) {
    return condition.getType().equals("PodScheduled") && condition.getStatus().equals("False")
        ? Stream.of(words(condition.getReason(), condition.getMessage()))
        : Stream.empty();
  }

  private static Stream<String> stuck(ContainerStatus container) {
    ContainerStateWaiting waiting = container.getState().getWaiting();
    if (waiting != null) {
      return Stream.of(words(waiting.getReason(), waiting.getMessage()));
    }
    ContainerStateTerminated ended = container.getState().getTerminated();
    return ended == null
        ? Stream.empty()
        : Stream.of(words(ended.getReason() + " " + ended.getExitCode(), ended.getMessage()));
  }

  private static String words(String reason, String message) {
    return String.join(": ", Stream.of(reason, message).filter(Objects::nonNull).toList());
  }
}
