/** Syllabus: self-training on very large image sets. */
package io.syllabus;
