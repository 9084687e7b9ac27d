/**
 * Sessions: what Spark is started with and on, in how many places tasks run at a time, what
 * executors are given, which device they compute on, who may see the pages, how far a job is, what
 * it waits for and for how long.
 */
package io.syllabus.spark.session;
