/**
 * Where images come from and what is made of them: a {@link io.syllabus.data.ImageSource} splits
 * into {@link io.syllabus.data.SourcePart}s, which parallel tasks stream as {@link
 * io.syllabus.data.ImageEntry}s; {@link io.syllabus.data.ImageDecoder} makes pixels of their bytes.
 * Every file is reached through Hadoop's {@code FileSystem}.
 */
package io.syllabus.data;
