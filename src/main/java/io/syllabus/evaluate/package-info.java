/** How good a model is: accuracy, top-5, confusion. */
package io.syllabus.evaluate;
