package org.tributary.wire;

import java.io.IOException;
import java.util.Arrays;

/**
 * The times of frames, node by node. A node measures at a pace of its own, so a time is told by how
 * much it came earlier or later than that pace after the node's last one.
 */
final class FrameTimes {

  private final long[] micros;
  private final Groups frames;

  /**
   * @param micros by frame; filled when read
   * @param frames those of each node
   */
  FrameTimes(long[] micros, Groups frames) {
    this.micros = micros;
    this.frames = frames;
  }

  void writeTo(ByteSink out) {
    long unit = TimeUnits.coarsest(micros);
    out.uvarint(unit);
    long base = 0;
    for (int node = 0; node < frames.count(); node++) {
      long[] steps = steps(node, unit, base);
      long pace = pace(steps);
      base += steps[0];
      out.varint(steps[0]);
      out.varint(pace);
      for (int i = 1; i < steps.length; i++) {
        out.varint(steps[i] - pace);
      }
    }
  }

  void readFrom(ByteSource in) throws IOException {
    long unit = in.uvarint();
    long base = 0;
    for (int node = 0; node < frames.count(); node++) {
      if (frames.begin(node) == frames.end(node)) {
        throw new WireFormatException("A node without frames");
      }
      base += in.varint();
      long pace = in.varint();
      long time = base;
      micros[frames.member(frames.begin(node))] = time * unit;
      for (int i = frames.begin(node) + 1; i < frames.end(node); i++) {
        time += pace + in.varint();
        micros[frames.member(i)] = time * unit;
      }
    }
  }

  /** From {@code base} to the node's first time, and then from each time to the next. */
  private long[] steps(int node, long unit, long base) {
    int begin = frames.begin(node);
    long[] steps = new long[frames.end(node) - begin];
    long previous = base;
    for (int i = 0; i < steps.length; i++) {
      long time = micros[frames.member(begin + i)] / unit;
      steps[i] = time - previous;
      previous = time;
    }
    return steps;
  }

  /** The median of the steps between times, 0 if there is none. */
  private static long pace(long[] steps) {
    if (steps.length < 2) {
      return 0;
    }
    long[] sorted = Arrays.copyOfRange(steps, 1, steps.length);
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
