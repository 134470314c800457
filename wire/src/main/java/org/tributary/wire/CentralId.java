package org.tributary.wire;

/** An id as central's database has it. */
public record CentralId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
