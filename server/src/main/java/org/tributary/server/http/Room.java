package org.tributary.server.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that bodies of one kind may take, all that are here together. A small one nearly
 * always finds room; many large ones at once are asked to come again. Thread-safe.
 */
public final class Room {

  private final AtomicLong free;

  /**
   * All of it is free at first.
   *
   * @param bytes how much all may hold at a time
   */
  public Room(long bytes) {
    this.free = new AtomicLong(bytes);
  }

  /** One body's part, nothing at first; it must be closed. */
  public Share share() {
    return new Share();
  }

  /** What one body has taken. Not thread-safe. */
  public final class Share implements AutoCloseable {
    private long taken;

    private Share() {}

    /** Takes some more; false if there is no room for it now. */
    public boolean take(long bytes) {
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
