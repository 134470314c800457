package org.tributary.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** Counts what reading an input allocates, so that no small input can claim a large memory. */
public final class Memory {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Memory() {}

  /** What reads an input, in this thread. */
  public interface Reading<T> {
    T read() throws IOException;
  }

  /**
   * Reads, and fails if that took more memory, be the input taken or refused. What takes more is
   * read once again, because the first time classes may have been loaded for it.
   */
  public static <T> T within(int megabytes, Reading<T> reading) throws IOException {
    long before = allocated();
    try {
      return reading.read();
    } finally {
      if (megabytesSince(before) > megabytes) {
        readAgain(megabytes, reading);
      }
    }
  }

  private static void readAgain(int megabytes, Reading<?> reading) {
    long before = allocated();
    try {
      reading.read();
    } catch (IOException refused) {
      // As the first time.
    }
    if (megabytesSince(before) > megabytes) {
      throw new AssertionError(
          "It took %d MB, where %d are enough".formatted(megabytesSince(before), megabytes));
    }
  }

  private static long megabytesSince(long before) {
    return (allocated() - before) >> 20;
  }

  private static long allocated() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }
}
