/** What people and programs look at: progress, tables, pictures, {@code summary.json}. */
package io.syllabus.report;
