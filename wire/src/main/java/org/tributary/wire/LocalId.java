package org.tributary.wire;

/** An id as a gateway's database has it: it means nothing at central until it is mapped. */
public record LocalId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
