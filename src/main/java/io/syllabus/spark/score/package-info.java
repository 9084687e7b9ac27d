/**
 * Images are run through a network, partition by partition; the confidences of the pool are counted
 * until the thresholds are exact, and what reaches them is selected. Scores stay on the workers and
 * in the store: the driver sees counts.
 */
package io.syllabus.spark.score;
