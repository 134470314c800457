package org.tributary.store.export;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and hashes what is written to a stream. Not thread-safe. */
final class HashedOutput extends FilterOutputStream {

  private final MessageDigest digest;
  private long count;

  HashedOutput(OutputStream out) {
    super(out);
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  @Override
  public void write(int one) throws IOException {
    out.write(one);
    digest.update((byte) one);
    count++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    digest.update(bytes, offset, length);
    count += length;
  }

  /** Bytes so far. */
  long count() {
    return count;
  }

  /** The SHA-256 of everything, in hexadecimal digits; once, at the end. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
