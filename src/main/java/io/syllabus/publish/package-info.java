/**
 * What is known of labels before they are published, and what keeps them from it: expected
 * precision, quality gates, what a published version says of itself; and how people are asked about
 * labels. Knows no Spark.
 */
package io.syllabus.publish;
