package io.syllabus.spark.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.syllabus.publish.Audit;
import io.syllabus.publish.Candidate;
import io.syllabus.publish.Outcome;
import io.syllabus.publish.Publication;
import io.syllabus.publish.QualityGates;
import io.syllabus.spark.publish.PublishedLabels.Version;
import io.syllabus.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Publishes all labels of a run, or of an earlier version, as one version. Labels that people give
 * by then lie over them, whatever the run began with.
 */
public final class Publisher {
  private static final String[] OF_NO_VERSION = {
    "split",
    "truth",
    Annotations.REVIEWED,
    Overlay.CLASS_BEFORE,
    Overlay.SOURCE_BEFORE,
    Overlay.WITHDRAWN
  };

  private final SparkSession spark;
  private final Store store;
  private final PublishedLabels published;
  private final Annotations annotations;
  private final QualityGates gates;
  private final boolean force;

  /**
   * @param force whether to publish what quality gates refuse
   */
  public Publisher(SparkSession spark, Store store, QualityGates gates, boolean force) {
    this.spark = spark;
    this.store = store;
    this.published = new PublishedLabels(spark, store);
    this.annotations = new Annotations(spark, store);
    this.gates = gates;
    this.force = force;
  }

  /**
   * Publishes a run's labels, unless they are what the latest version holds.
   *
   * @param candidate what is known of them
   * @throws io.syllabus.data.BadDataException where people named classes that the run has not
   */
  public Outcome publish(Candidate candidate) {
    Optional<Version> latest = published.latest();
    if (latest.filter(version -> holds(version.publication(), candidate)).isPresent()) {
      return latest.get().outcome();
    }
    Dataset<Row> labels = spark.read().format("delta").load(store.run(candidate.runId()).labels());
    return publish(labels, candidate, latest, OptionalLong.empty());
  }

  private boolean holds(Publication publication, Candidate candidate) {
    return publication.isOf(candidate) && publication.annotations().equals(annotations.version());
  }

  /**
   * Publishes an earlier version again.
   *
   * @param version that is published again
   * @param candidate what is known of the labels of its run
   * @throws io.syllabus.data.BadDataException where people named classes that its run has not
   */
  public Outcome publishAgain(Version version, Candidate candidate) {
    return publish(
        published.read(version.number()),
        candidate,
        published.latest(),
        OptionalLong.of(version.number()));
  }

  private Outcome publish(
      Dataset<Row> labels, Candidate candidate, Optional<Version> latest, OptionalLong again) {
    if (!force) {
      annotations.requireWhole();
    }
    annotations.requireClasses(candidate.runId(), candidate.classes());
    Dataset<Row> over = Overlay.over(labels, annotations, candidate.classes());
    if (annotations.exist()) {
      over.persist(StorageLevel.DISK_ONLY());
    }
    try {
      Dataset<Row> now = over.where(not(col(Overlay.WITHDRAWN)));
      RunLabels.Tally tally = RunLabels.tally(now, candidate.given().bands());
      Candidate underPeople = candidate.with(tally.given(), tally.human());
      Optional<Audit> audit = annotations.audit(candidate.runId());
      List<String> refusals =
          gates.refusals(underPeople, latest.map(version -> compare(now, version)), audit);
      Optional<Version> version =
          refusals.isEmpty() || force
              ? Optional.of(
                  published.write(
                      now.drop(OF_NO_VERSION),
                      Publication.of(underPeople, refusals, audit, annotations.version(), again)))
              : Optional.empty();
      return outcome(underPeople, audit, over, version, refusals);
    } finally {
      over.unpersist(false);
    }
  }

  private static Outcome outcome(
      Candidate candidate,
      Optional<Audit> audit,
      Dataset<Row> over,
      Optional<Version> version,
      List<String> refusals) {
    Row counts =
        over.agg(
                count_if(col(Annotations.REVIEWED).isNotNull().and(Overlay.isChanged())),
                count_if(col(Overlay.WITHDRAWN)))
            .first();
    return new Outcome(
        candidate.precisionOfAll(),
        candidate.knownPrecision(),
        audit,
        counts.getLong(0),
        counts.getLong(1),
        version.map(v -> OptionalLong.of(v.number())).orElse(OptionalLong.empty()),
        refusals);
  }

  private QualityGates.Published compare(Dataset<Row> labels, Version version) {
    Dataset<Row> before =
        givenByModel(published.read(version.number())).select(col("id"), col("class").as("before"));
    Row counts =
        givenByModel(labels)
            .join(before, "id")
            .agg(count(lit(1)), count_if(col("class").notEqual(col("before"))))
            .first();
    return new QualityGates.Published(
        version.number(), version.publication(), counts.getLong(0), counts.getLong(1));
  }

  // An image that a model labels is in the pool, where ids are unique.
  private static Dataset<Row> givenByModel(Dataset<Row> labels) {
    return labels.where(col("source").equalTo(Provenance.MODEL)).select("id", "class");
  }
}
