package io.syllabus.data;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Walks a folder depth first; what is held is one listing a level, not the tree. */
final class FolderEntries extends LookAhead {
  private record Level(RemoteIterator<FileStatus> listing, String prefix) {}

  private final FolderPart part;
  private final Configuration hadoop;
  private final Deque<Level> levels = new ArrayDeque<>();
  private boolean started;

  FolderEntries(FolderPart part, Configuration hadoop) {
    super(part.folder().toString());
    this.part = part;
    this.hadoop = hadoop;
  }

  @Override
  Optional<ImageEntry> advance() throws IOException {
    if (!started) {
      started = true;
      enter(part.folder(), part.idPrefix());
    }
    while (!levels.isEmpty()) {
      Level level = levels.peek();
      if (!level.listing().hasNext()) {
        levels.pop();
        continue;
      }
      FileStatus found = level.listing().next();
      String name = found.getPath().getName();
      if (SourceFiles.isHidden(name)) {
        continue;
      }
      String id = level.prefix() + name;
      if (!found.isDirectory()) {
        return Optional.of(ImageEntry.at(id, part.className(), found));
      }
      if (part.recursive()) {
        enter(found.getPath(), id + "/");
      }
    }
    return Optional.empty();
  }

  private void enter(Path folder, String prefix) throws IOException {
    levels.push(new Level(SourceFiles.listing(folder, hadoop), prefix));
  }

  @Override
  public void close() throws IOException {
    while (!levels.isEmpty()) {
      if (levels.pop().listing() instanceof Closeable listing) {
        listing.close();
      }
    }
  }
}
