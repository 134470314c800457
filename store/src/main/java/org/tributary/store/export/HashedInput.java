package org.tributary.store.export;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Counts and hashes what is read from a stream. Not thread-safe. */
final class HashedInput extends FilterInputStream {

  private final HashedOutput hashed = new HashedOutput(OutputStream.nullOutputStream());

  HashedInput(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int one = in.read();
    if (one >= 0) {
      hashed.write(one);
    }
    return one;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    if (count > 0) {
      hashed.write(bytes, offset, count);
    }
    return count;
  }

  @Override
  public boolean markSupported() {
    return false; // what is read twice would be hashed twice
  }

  /** Bytes so far. */
  long count() {
    return hashed.count();
  }

  /** The SHA-256 of everything that was read, in hexadecimal digits; once, at the end. */
  String sha256() {
    return hashed.sha256();
  }
}
