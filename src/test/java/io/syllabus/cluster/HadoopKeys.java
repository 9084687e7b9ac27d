package io.syllabus.cluster;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Hadoop's settings, from the constants that its own code reads them by. */
final class HadoopKeys {
  static final Set<String> ALL = all();

  private HadoopKeys() {}

  private static Set<String> all() {
    Set<String> keys = new TreeSet<>();
    for (String holder :
        List.of(
            "org.apache.hadoop.fs.CommonConfigurationKeysPublic",
            "org.apache.hadoop.fs.s3a.Constants",
            "org.apache.hadoop.hdfs.client.HdfsClientConfigKeys",
            "org.apache.hadoop.hdfs.client.HdfsClientConfigKeys$BlockWrite$ReplaceDatanodeOnFailure")) {
      try {
        for (Field field : Class.forName(holder).getFields()) {
          if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
            keys.add((String) field.get(null));
          }
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("Hadoop has no " + holder, e);
      }
    }
    return keys;
  }
}
