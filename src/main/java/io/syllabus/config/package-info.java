/**
 * Settings: records of what a run can be told, and the reader that checks them.
 *
 * <p>{@code conf/reference.conf} says what each key means and holds its default. A new key is a
 * line there, a component of a record, and its type and range in {@link
 * io.syllabus.config.SettingsReader}.
 */
package io.syllabus.config;
