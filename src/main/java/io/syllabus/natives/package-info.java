/**
 * The native libraries that Syllabus brings: where they are unpacked, and that they are loaded from
 * there and from nowhere else, whatever the machine has installed.
 */
package io.syllabus.natives;
