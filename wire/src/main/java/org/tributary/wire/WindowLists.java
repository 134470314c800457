package org.tributary.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists of windows as {@link DigestCodec} writes them, each told from the one before. Stateless.
 */
final class WindowLists {

  private static final int MOST_WINDOWS = 1_000_000;
  private static final int LEAST_BYTES = 3; // of a window
  // More than a century, and more than a month of a thousand nodes hour by hour.
  private static final long MOST_HOURS = 2_000_000;

  private WindowLists() {}

  static void write(ByteSink out, List<Window> windows) {
    out.uvarint(windows.size());
    long hour = 0;
    long node = 0;
    for (Window window : windows) {
      out.varint(window.hour() - hour);
      hour = window.hour();
      out.uvarint(window.hours());
      Long its = window.node();
      out.oneByte(its == null ? 0 : 1);
      if (its != null) {
        out.varint(its - node);
        node = its;
      }
    }
  }

  /**
   * Reads windows; all together they are not longer than somebody may be asked to look at.
   *
   * @throws WireFormatException if these are none
   * @throws TooLargeException if they are too many or too long
   */
  static List<Window> read(ByteSource in) throws IOException {
    int count = in.count(Math.min(MOST_WINDOWS, in.remaining() / LEAST_BYTES), "windows");
    List<Window> windows = new ArrayList<>(count);
    long hour = 0;
    long node = 0;
    long hoursLeft = MOST_HOURS;
    for (int i = 0; i < count; i++) {
      hour += in.varint();
      int hours = in.count((int) hoursLeft, "hours");
      hoursLeft -= hours;
      boolean oneNode = in.oneByte() == 1;
      if (oneNode) {
        node += in.varint();
      }
      if (hours < 1 || hour < -Window.FARTHEST || hour > Window.FARTHEST) {
        throw new WireFormatException("No window: " + hours + " hours from " + hour);
      }
      windows.add(new Window(oneNode ? node : null, hour, hours));
    }
    return windows;
  }
}
