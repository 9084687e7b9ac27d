/**
 * The labels of a run with their provenance, and the table of published labels: one version per
 * publication, of a run, of what is new in a source, of a review. At each the annotations, every
 * answer that people gave, lie over the labels. The driver sees counts, a line per version and per
 * class, and what people are asked and answer.
 */
package io.syllabus.spark.publish;
