package org.tributary.wire;

/**
 * Whole numbers of one series, each told by how far it is from what the ones before lead to expect:
 * nothing, the same again, the same step again. Differences may wrap around; reading wraps back.
 */
enum SeriesNumbers {
  /** Expects 0: each number stands for itself. */
  PLAIN(0),
  /** Expects the last number again. */
  LIKE_THE_LAST(1),
  /** Expects the last step again: what warms up goes on warming up. */
  LIKE_THE_LAST_STEP(2),
  /** All are the same, and only the first is told. */
  CONSTANT(3);

  private final int code;

  SeriesNumbers(int code) {
    this.code = code;
  }

  /** The kind that takes the fewest bits for the numbers {@code from} to {@code to} (exclusive). */
  static SeriesNumbers cheapest(long[] numbers, int from, int to) {
    if (from == to) {
      return CONSTANT;
    }
    long plain = 0;
    long delta = 0;
    long second = 0;
    long differing = 0;
    long last = numbers[from];
    long step = 0;
    for (int i = from + 1; i < to; i++) {
      long number = numbers[i];
      long newStep = number - last;
      plain += bits(number);
      delta += bits(newStep);
      second += bits(newStep - step);
      differing |= newStep;
      step = newStep;
      last = number;
    }
    if (differing == 0) {
      return CONSTANT;
    }
    if (second < delta && second < plain) {
      return LIKE_THE_LAST_STEP;
    }
    return delta < plain ? LIKE_THE_LAST : PLAIN;
  }

  private static int bits(long value) {
    return 64 - Long.numberOfLeadingZeros(value ^ (value >> 63));
  }

  static SeriesNumbers readFrom(ByteSource in) throws WireFormatException {
    int code = in.oneByte();
    return switch (code) {
      case 0 -> PLAIN;
      case 1 -> LIKE_THE_LAST;
      case 2 -> LIKE_THE_LAST_STEP;
      case 3 -> CONSTANT;
      default -> throw new WireFormatException("No kind of series: " + code);
    };
  }

  void writeTo(ByteSink out) {
    out.oneByte(code);
  }

  void write(ByteSink out, long[] numbers, int from, int to) {
    if (from == to) {
      return;
    }
    long last = numbers[from];
    long step = 0;
    out.varint(last);
    for (int i = from + 1; i < to && this != CONSTANT; i++) {
      long newStep = numbers[i] - last;
      switch (this) {
        case PLAIN -> out.varint(numbers[i]);
        case LIKE_THE_LAST -> out.varint(newStep);
        default -> out.varint(newStep - step);
      }
      step = newStep;
      last = numbers[i];
    }
  }

  /** Fills the numbers from {@code from} to {@code to} (exclusive). */
  void read(ByteSource in, long[] numbers, int from, int to) throws WireFormatException {
    if (from == to) {
      return;
    }
    long last = in.varint();
    long step = 0;
    numbers[from] = last;
    for (int i = from + 1; i < to; i++) {
      switch (this) {
        case PLAIN -> last = in.varint();
        case LIKE_THE_LAST -> last += in.varint();
        case LIKE_THE_LAST_STEP -> {
          step += in.varint();
          last += step;
        }
        case CONSTANT -> {}
      }
      numbers[i] = last;
    }
  }
}
