/**
 * Architectures on Deeplearning4j, and what trains and runs them: minibatches, a classifier with
 * batches of one size, snapshots, model files. Nothing here knows of Spark or of where images lie.
 */
package io.syllabus.network;
