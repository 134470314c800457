package org.tributary.testbed.disk;

import java.io.IOException;

/**
 * What a program keeps in files, as long as it runs.
 *
 * @param <T> what it keeps
 */
public interface Keeper<T> {

  /** Has a value kept in place of the one before it; it is on the disk when this returns. */
  void write(T before, T value) throws IOException;

  /** What is kept now. */
  T read() throws IOException;
}
