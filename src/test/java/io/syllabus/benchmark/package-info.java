/**
 * How fast Syllabus is, against a peer on the same machine in the same run: {@code jobs/benchmark}.
 * No part of the tests. A {@link io.syllabus.benchmark.Row} compares two {@link
 * io.syllabus.benchmark.Side}s; {@link io.syllabus.benchmark.Rows} lists them. What a side does
 * inside Spark is beside Spark's own code, in {@code io.syllabus.spark}.
 */
package io.syllabus.benchmark;
