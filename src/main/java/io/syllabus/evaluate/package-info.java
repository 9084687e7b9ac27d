/** How good a model is: accuracy, top-5, confusion, and how far its confidences can be believed. */
package io.syllabus.evaluate;
