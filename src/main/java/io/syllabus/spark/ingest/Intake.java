package io.syllabus.spark.ingest;

import io.syllabus.data.DecodedImage;
import io.syllabus.data.ImageDecoder;
import io.syllabus.data.ImageEntry;
import io.syllabus.data.Rejected;
import io.syllabus.data.SourceRole;
import io.syllabus.data.UnreadableImageException;
import io.syllabus.data.WrongSizeException;
import java.io.IOException;
import java.io.Serializable;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Reads and decodes a source's images one by one, or says why one cannot be taken. */
public record Intake(ImageDecoder decoder, Broadcast<SerializableConfiguration> hadoop)
    implements Serializable {

  /**
   * An image that can be used.
   *
   * @param className empty where the role has no labels
   * @param bytes as they are stored
   */
  public record Taken(String className, byte[] bytes, DecodedImage decoded) {

    /** SHA-256 of the bytes. */
    public String checksum() {
      return Intake.checksum(bytes);
    }
  }

  /** SHA-256 of an image as it is stored. */
  public static String checksum(byte[] bytes) {
    return DigestUtils.sha256Hex(bytes);
  }

  /**
   * Reads an image.
   *
   * @throws UnreadableImageException where there is no such image, or not the class that its role
   *     asks for
   */
  Taken take(SourceRole role, ImageEntry image) throws UnreadableImageException {
    String className = role == SourceRole.UNLABELED ? "" : image.className().orElse("");
    if (className.isEmpty() && role != SourceRole.UNLABELED) {
      throw new UnreadableImageException("lies in no class folder");
    }
    byte[] bytes = read(image);
    return new Taken(className, bytes, decoder.decode(bytes));
  }

  private byte[] read(ImageEntry image) throws UnreadableImageException {
    try {
      return image.bytes(hadoop.value().value());
    } catch (IOException e) {
      throw new UnreadableImageException("cannot be read: " + e.getMessage(), e);
    }
  }

  /** What the quarantine says of an image that was not taken. */
  static Rejected rejected(SourceRole role, ImageEntry image, UnreadableImageException reason) {
    boolean wrongSize = reason instanceof WrongSizeException;
    return new Rejected(role, image.location(), reason.getMessage(), wrongSize);
  }
}
