/** What people and programs look at: progress, tables, {@code summary.json}. */
package io.syllabus.report;
