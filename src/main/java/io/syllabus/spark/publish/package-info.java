/**
 * The labels of a run with their origin, and the table of published labels: a version a
 * publication, what is new in a source, what people say. The driver sees counts, a line a version,
 * and what people are asked.
 */
package io.syllabus.spark.publish;
