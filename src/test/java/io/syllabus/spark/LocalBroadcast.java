package io.syllabus.spark;

import org.apache.spark.broadcast.Broadcast;
import scala.reflect.ClassTag$;

/** A broadcast that goes nowhere: for what runs without Spark. */
final class LocalBroadcast<T> extends Broadcast<T> {
  private static final long serialVersionUID = 1L;
  private final transient T local;

  LocalBroadcast(T local) {
    super(0, ClassTag$.MODULE$.apply(local.getClass()));
    this.local = local;
  }

  @Override
  public T getValue() {
    return local;
  }

  @Override
  public void doUnpersist(boolean blocking) {}

  @Override
  public void doDestroy(boolean blocking) {}
}
