package org.tributary.server.rest;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that uploads may take, all that are being read together. A small one always finds
 * room; many large ones at once are asked to come again. Thread-safe.
 */
public final class UploadRoom {

  private final AtomicLong free;

  /**
   * All of it is free at first.
   *
   * @param bytes how much all uploads may hold at a time, unpacked
   */
  public UploadRoom(long bytes) {
    this.free = new AtomicLong(bytes);
  }

  /** One upload's part, nothing at first; it must be closed. */
  Share share() {
    return new Share();
  }

  /** What one upload has taken. Not thread-safe. */
  final class Share implements AutoCloseable {
    private long taken;

    /** Takes some more; false if there is no room for it now. */
    boolean take(long bytes) {
      if (free.addAndGet(-bytes) < 0) {
        free.addAndGet(bytes);
        return false;
      }
      taken += bytes;
      return true;
    }

    @Override
    public void close() {
      free.addAndGet(taken);
      taken = 0;
    }
  }
}
