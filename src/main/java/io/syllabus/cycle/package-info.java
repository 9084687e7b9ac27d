/**
 * Curriculum Labeling itself: the loop over train, score and select, and its results. It knows
 * interfaces and handles, never an RDD or an array of numbers.
 */
package io.syllabus.cycle;
