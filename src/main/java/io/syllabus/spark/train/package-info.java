/**
 * A cycle is trained: rounds in which every worker trains on its share from the same start, and the
 * mean of what they end with; validation and a checkpoint after each epoch. The driver holds one
 * network (with weight averaging another) and what two workers end a round with, or 64 MB of it.
 */
package io.syllabus.spark.train;
