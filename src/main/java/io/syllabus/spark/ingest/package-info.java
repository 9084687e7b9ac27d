/**
 * Sources become a table of examples and decoded shards, and what the run uses each image for is
 * settled. Image bytes move here, once, to the shard that a hash of their id names.
 */
package io.syllabus.spark.ingest;
