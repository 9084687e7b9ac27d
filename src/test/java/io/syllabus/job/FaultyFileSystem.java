package io.syllabus.job;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk under the scheme {@code faulty}, on which each kind of call fails once: the first
 * time that something is done to a file of some name, numbers and hashes in it left aside. Once it
 * is {@link #arm armed} one call fails.
 *
 * <p>Calls to the lock are left alone: whoever fails there ends its process, whose lock is then
 * free, and these tests are one process.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
  private static final Set<String> FAILED = new ConcurrentSkipListSet<>();

  // A job that fails makes fewer calls before it ends.
  private static final int A_WHILE = 200;

  private static boolean armed;
  private static boolean hasFailed;
  private static int callsToGo;

  /** Has the next call of a kind that never failed fail. */
  static synchronized void arm() {
    armed = true;
    hasFailed = false;
    callsToGo = 0;
  }

  /** Has no call fail; says whether none did since {@link #arm}. */
  static synchronized boolean disarm() {
    armed = false;
    return !hasFailed;
  }

  /** The kinds of calls that failed. */
  static Set<String> failed() {
    return new TreeSet<>(FAILED);
  }

  private static void mayFail(String call, Path file) throws IOException {
    String kind =
        call
            + " "
            + file.toUri()
                .getPath()
                .replaceFirst(".*/store", "")
                .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "#")
                .replaceAll("\\d+", "#");
    if (!kind.contains(" /lock") && failsNow(kind)) {
      throw new IOException("injected: " + kind);
    }
  }

  private static synchronized boolean failsNow(String kind) {
    if (!armed || callsToGo-- > 0 || !FAILED.add(kind)) {
      return false;
    }
    hasFailed = true;
    callsToGo = A_WHILE;
    return true;
  }

  @Override
  public URI getUri() {
    return URI.create("faulty:///");
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public void initialize(URI uri, Configuration hadoop) throws IOException {
    super.initialize(uri, hadoop);
    setConf(hadoop);
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    mayFail("open", file);
    return super.open(file, bufferSize);
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
    mayFail("create", file);
    return faulty(
        file, super.create(file, overwrite, bufferSize, replication, blockSize, progress));
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
    mayFail("create", file);
    return faulty(
        file,
        super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress));
  }

  private static FSDataOutputStream faulty(Path file, OutputStream out) throws IOException {
    OutputStream faulty =
        new FilterOutputStream(out) {
          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            mayFail("write", file);
            out.write(bytes, offset, length);
          }

          @Override
          public void close() throws IOException {
            super.close();
            mayFail("close", file);
          }
        };
    return new FSDataOutputStream(faulty, null);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    mayFail("rename", from);
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path file, boolean recursive) throws IOException {
    mayFail("delete", file);
    return super.delete(file, recursive);
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    mayFail("list", folder);
    return super.listStatus(folder);
  }

  @Override
  public FileStatus getFileStatus(Path file) throws IOException {
    mayFail("status", file);
    return super.getFileStatus(file);
  }

  @Override
  public boolean mkdirs(Path folder) throws IOException {
    mayFail("mkdirs", folder);
    return super.mkdirs(folder);
  }
}
