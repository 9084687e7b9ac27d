/**
 * The Spark side of each stage.
 *
 * <pre>
 * SparkStages    a run's cycles, over the stages below; SourceScoring: images that no run has ingested
 * train          a cycle's network, by parameter averaging
 * publish        labels with their origin, their table, what is new, what people say
 * score          the pool through a network, thresholds, selection
 * ingest         sources → examples table and decoded shards; split
 * shard          which images lie on which worker
 * session        how Spark is started
 * table          whether a table of the store is there, and whole
 * </pre>
 *
 * <p>Each knows those below it, but {@code train} and {@code publish} do not know each other. After
 * the ingest only ids, labels, scores and parameters move, and what the driver holds does not grow
 * with the pool.
 */
package io.syllabus.spark;
