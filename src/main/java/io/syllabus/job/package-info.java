/**
 * One class a job of {@code jobs/}: arguments in, exit code out. 0 done, 1 internal failure, 2
 * wrong settings or arguments, 3 bad data, 4 a quality gate refused the labels, 5 another run has
 * the store.
 */
package io.syllabus.job;
