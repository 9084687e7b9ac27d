/**
 * What is done to an image before the network trains on it: pure functions of pixels and a seed.
 */
package io.syllabus.augment;
