/**
 * One class a job of {@code jobs/}: arguments in, exit code out. 0 done, 1 internal failure, 2
 * wrong settings or arguments, 3 bad data, 5 another run has the store.
 */
package io.syllabus.job;
