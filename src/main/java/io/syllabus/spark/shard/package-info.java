/**
 * How the images of a run lie on its workers: decoded, in the shard that a hash of their id names,
 * and each worker with a share of the shards.
 */
package io.syllabus.spark.shard;
