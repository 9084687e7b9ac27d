/**
 * Architectures on Deeplearning4j and networks trained elsewhere, and what trains and runs them:
 * minibatches, regularization, averages of weights, a classifier with batches of one size,
 * snapshots, model files. Nothing here knows of Spark or of where images lie.
 */
package io.syllabus.network;
