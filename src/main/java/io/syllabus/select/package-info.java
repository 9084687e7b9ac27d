/** How much of the pool a cycle admits, and the exact percentile that is its threshold. */
package io.syllabus.select;
