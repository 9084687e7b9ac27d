package io.syllabus.spark.shard;

import java.io.Serializable;

/**
 * One pool image's label of this cycle.
 *
 * @param shard that has the image
 */
public record PseudoLabel(int shard, String id, int label) implements Serializable {}
