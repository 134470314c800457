package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Opens encoded batches and seals altered ones again; compares what came out. */
final class Bodies {

  static final int MAX_ROWS = 10_000;
  static final int MAX_BYTES = 1 << 20;

  static final byte[] MAGIC = {'T', 'R', 'I', 'B'};

  /** Bytes before the zlib stream: the magic and the format. */
  static final int HEADER = 5;

  private Bodies() {}

  static Batch decode(byte[] body) throws Exception {
    return BatchCodec.decode(body, MAX_ROWS, MAX_BYTES);
  }

  /** What is inside the zlib stream of a body. */
  static byte[] open(byte[] body) throws Exception {
    assertThat(body).startsWith(MAGIC);
    Inflater inflater = new Inflater();
    inflater.setInput(body, HEADER, body.length - HEADER);
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    byte[] chunk = new byte[8192];
    while (!inflater.finished()) {
      payload.write(chunk, 0, inflater.inflate(chunk));
    }
    inflater.end();
    return payload.toByteArray();
  }

  /** A batch in each format that can hold it, the newest last. */
  static List<byte[]> all(Batch batch) {
    return FrameLayout.fits(batch.rows())
        ? List.of(BatchCodec.encodeAs(1, batch), BatchCodec.encodeAs(2, batch))
        : List.of(BatchCodec.encodeAs(1, batch));
  }

  /** A batch in the newest format that can hold it. */
  static byte[] newest(Batch batch) {
    List<byte[]> all = all(batch);
    return all.get(all.size() - 1);
  }

  static int format(byte[] body) {
    return body[MAGIC.length];
  }

  /** A body with that inside, well compressed, whatever it is. */
  static byte[] seal(int format, byte[] payload) {
    Deflater deflater = new Deflater();
    deflater.setInput(payload);
    deflater.finish();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(MAGIC);
    body.write(format);
    byte[] chunk = new byte[8192];
    while (!deflater.finished()) {
      body.write(chunk, 0, deflater.deflate(chunk));
    }
    deflater.end();
    return body.toByteArray();
  }

  /** A body with what is written to the sink inside. */
  static byte[] sealed(int format, Consumer<ByteSink> payload) {
    ByteSink sink = new ByteSink(64);
    payload.accept(sink);
    return sink.deflated(MAGIC, format);
  }

  /** Checks that nothing differs, not even the bits of a NaN. */
  static void assertBitEqual(Batch actual, Batch expected) {
    assertThat(actual.table()).isEqualTo(expected.table());
    assertThat(actual.lane()).isEqualTo(expected.lane());
    assertThat(actual.after()).isEqualTo(expected.after());
    assertThat(actual.upTo()).isEqualTo(expected.upTo());
    assertThat(actual.unreadable()).isEqualTo(expected.unreadable());
    assertBitEqual(actual.rows(), expected.rows());
  }

  private static void assertBitEqual(Rows actual, Rows expected) {
    assertThat(actual.columns()).isEqualTo(expected.columns());
    assertThat(actual.size()).isEqualTo(expected.size());
    for (int i = 0; i < expected.columns().size(); i++) {
      for (int row = 0; row < expected.size(); row++) {
        Object found = bits(actual, i, row);
        Object wanted = bits(expected, i, row);
        if (!found.equals(wanted)) {
          throw new AssertionError(
              "%s, row %d: %s instead of %s"
                  .formatted(expected.columns().get(i).name(), row, found, wanted));
        }
      }
    }
  }

  private static Object bits(Rows rows, int column, int row) {
    if (rows.isNull(column, row)) {
      return "null";
    }
    return switch (rows.columns().get(column).type()) {
      case INTEGER, BOOLEAN, TIME -> rows.longAt(column, row);
      case REAL -> Double.doubleToRawLongBits(rows.realAt(column, row));
      case TEXT -> "text " + rows.textAt(column, row);
    };
  }
}
