/** The store's tables as they lie there: whether they are there, and whether they are whole. */
package io.syllabus.spark.table;
