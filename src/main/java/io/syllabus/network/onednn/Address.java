package io.syllabus.network.onednn;

import org.bytedeco.javacpp.Pointer;

/** A native address that someone else owns. */
final class Address extends Pointer {
  Address(long address) {
    this.address = address;
  }
}
