package io.syllabus.config;

import java.util.Map;

/**
 * Everything that a run can be told, checked: one component a key of {@code conf/reference.conf},
 * which gives each key's meaning, unit, range and default.
 *
 * @param spark settings handed to Spark as they are, keys with their {@code spark.} prefix
 */
public record Settings(
    long seed,
    String store,
    DataSettings data,
    NetworkSettings network,
    TrainingSettings training,
    CurriculumSettings curriculum,
    ScoringSettings scoring,
    PublishSettings publish,
    ClusterSettings cluster,
    Map<String, String> spark) {
  public Settings {
    spark = Map.copyOf(spark);
  }
}
