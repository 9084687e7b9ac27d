/**
 * The Spark side of each stage. Image bytes move once, at ingest, to the shard that a hash of their
 * id names; after that only ids, labels, scores and parameters move. The driver holds counts, one
 * network (with weight averaging another) and one result a worker, whatever the size of the pool.
 */
package io.syllabus.spark;
