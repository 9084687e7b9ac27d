package io.syllabus.spark.session;

import java.io.IOException;
import java.util.Optional;
import org.apache.spark.SparkConf;

/** What gives a session its executors, asked by an API of its own. */
interface Cluster {
  /**
   * What stands in the way of an executor, as a clause.
   *
   * @param applicationId empty while the session is being made
   * @throws IOException where the cluster does not say
   */
  String obstacle(Optional<String> applicationId) throws IOException;

  /** Takes back what was asked for where a session is still being made, which then fails. */
  default void withdraw() throws IOException {}

  /**
   * The cluster of a session that is to be made.
   *
   * @param conf to which is added what the session is found by
   * @return empty in local mode, where there is none
   */
  static Optional<Cluster> of(SparkConf conf) {
    String master = conf.get("spark.master");
    if (master.startsWith("spark://")) {
      return Optional.of(new Masters(conf, master));
    }
    if (master.startsWith("yarn")) {
      return Optional.of(new Yarn(conf));
    }
    return master.startsWith("k8s://")
        ? Optional.of(new Kubernetes(conf, master))
        : Optional.empty();
  }
}
