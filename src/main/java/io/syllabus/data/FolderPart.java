package io.syllabus.data;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The files of one folder.
 *
 * @param idPrefix what comes before a file's path below the folder to make its id
 * @param className the class of every file below the folder; empty for none
 * @param recursive whether files of subfolders belong to it
 */
record FolderPart(Path folder, String idPrefix, String className, boolean recursive)
    implements SourcePart {

  @Override
  public ImageEntries open(Configuration hadoop) {
    return new FolderEntries(this, hadoop);
  }
}
