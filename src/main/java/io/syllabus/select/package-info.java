/**
 * How much of the pool a cycle admits: rules, the thresholds they come to, bands of confidence, and
 * the exact order statistics that these are, out of counts that are made wherever the confidences
 * lie.
 */
package io.syllabus.select;
