package io.syllabus.data;

import java.io.Closeable;
import java.util.Iterator;

/**
 * The images of one part of a source, streamed: one is in memory at a time. For one thread.
 *
 * <p>{@code hasNext} and {@code next} throw {@link BadDataException} where the source cannot be
 * read on: a tar cut short, an entry that points outside it, a folder that is gone.
 */
public interface ImageEntries extends Iterator<ImageEntry>, Closeable {}
