package io.syllabus.job;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk under the scheme {@code full}, but for files whose path contains the text in
 * {@code fs.full.where}: they are Linux's {@code /dev/full}, which has no space left.
 */
public final class FullDiskFileSystem extends RawLocalFileSystem {
  private static final String WHERE = "fs.full.where";

  @Override
  public URI getUri() {
    return URI.create("full:///");
  }

  @Override
  public String getScheme() {
    return "full";
  }

  @Override
  public void initialize(URI uri, Configuration hadoop) throws IOException {
    super.initialize(uri, hadoop);
    setConf(hadoop);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return super.create(
        place(file), overwrite || isFull(file), bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return super.create(
        place(file),
        permission,
        overwrite || isFull(file),
        bufferSize,
        replication,
        blockSize,
        progress);
  }

  private Path place(Path file) {
    return isFull(file) ? new Path("/dev/full") : file;
  }

  private boolean isFull(Path file) {
    return file.toString().contains(getConf().get(WHERE));
  }
}
