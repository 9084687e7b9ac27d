package io.syllabus.data;

import static io.syllabus.Checks.require;

import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** One image of a source, not yet decoded: with its bytes, or with the path they are read from. */
public final class ImageEntry implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String id;
  private final String className;
  private final String location;
  private final FileVersion version;
  private final byte[] content;

  private ImageEntry(
      String id, String className, String location, FileVersion version, byte[] content) {
    require(!id.isEmpty(), "an image needs an id, found none at %s", location);
    this.id = id;
    this.className = className;
    this.location = location;
    this.version = version;
    this.content = content;
  }

  /**
   * An image whose bytes are at hand, such as a tar's entry.
   *
   * @param id path relative to the source's root
   * @param className empty where the image has no label
   * @param location where a person finds it: the source, and the path inside it
   * @param modifiedMillis when, since 1970
   */
  public static ImageEntry of(
      String id, String className, String location, long modifiedMillis, byte[] content) {
    FileVersion version = new FileVersion(content.length, modifiedMillis);
    return new ImageEntry(id, className, location, version, content);
  }

  /** An image in a file of its own, read when its bytes are asked for. */
  public static ImageEntry at(String id, String className, FileStatus file) {
    FileVersion version = new FileVersion(file.getLen(), file.getModificationTime());
    return new ImageEntry(id, className, file.getPath().toString(), version, null);
  }

  public String id() {
    return id;
  }

  public Optional<String> className() {
    return className.isEmpty() ? Optional.empty() : Optional.of(className);
  }

  public String location() {
    return location;
  }

  /** What tells, without reading the image, that it may have changed. */
  public FileVersion version() {
    return version;
  }

  /**
   * The image as it is stored: JPEG, PNG and so on. Of a file over 256 MiB only so much is read: to
   * a decoder it is truncated.
   */
  public byte[] bytes(Configuration hadoop) throws IOException {
    if (content != null) {
      return content;
    }
    return ImageFile.read(new Path(location), hadoop);
  }
}
