package io.syllabus.data;

/**
 * An image as training sees it.
 *
 * @param format how it was stored: jpeg, png, gif, bmp or tiff
 * @param width as it was stored
 * @param height as it was stored
 * @param pixels image-size × image-size × 3 bytes, rows top to bottom, red, green and blue
 *     interleaved; the caller's own, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Made once an image: a copy would only cost time.
public record DecodedImage(String format, int width, int height, byte[] pixels) {}
