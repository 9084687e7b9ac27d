package io.syllabus.spark.ingest;

import io.syllabus.data.ImageEntry;
import io.syllabus.data.SourceRole;
import java.io.Serializable;

/** An image and what its source was given for. */
record SourceEntry(SourceRole role, ImageEntry image) implements Serializable {}
