/**
 * What lies where below a store's root, which is any Hadoop path, how its small files are written
 * whole, and which run may write. Knows Hadoop's {@code FileSystem}, not Spark.
 */
package io.syllabus.store;
