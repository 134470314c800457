package org.tributary.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a batch as bytes and reads it back bit-equal. Stateless.
 *
 * <p>There are two formats. Format 1 tells any table column by column. Format 2 tells readings and
 * node states as frames: what one node measured at one time. It is understood from version 2 of the
 * sync protocol on, and takes half the bytes. {@link #encode} chooses by what its reader speaks and
 * by the rows; {@link #decode} reads both.
 *
 * <p>{@code uvarint} is a little-endian base-128 number, {@code varint} the same after zig-zag;
 * {@code text} is its length in bytes as uvarint, then UTF-8; {@code real} is 8 bytes, IEEE 754,
 * little-endian. Sums and differences of numbers wrap around at 64 bits.
 *
 * <pre>
 * 4 bytes   "TRIB"
 * 1 byte    format: 1 or 2
 * the rest  zlib stream (RFC 1950) of:
 *   text      table
 *   1 byte    lane: 0 live · 1 untrusted · 2 history
 *   position  after     0 = none, else 1 + number of parts; each part is one byte and a value:
 *   position  up to       0 varint · 1 varint, microseconds since 1970 UTC · 2 text
 *   contents  in the history lane only: see DigestCodec
 *   uvarint   number of columns; for each: text name
 *   uvarint   number of rows
 *   format 1: the columns · format 2: the frames, then the columns measured
 *   uvarint   number of unreadable rows; for each: text key, text row, text reason
 * </pre>
 *
 * <h2>Format 1</h2>
 *
 * <pre>
 *   for each column, by the type that the table gives it:
 *     nulls     1 byte: 0 none · 1 a bitmap of ⌈rows/8⌉ bytes follows, bit i%8 of byte i/8 = row i
 *     cells     of the rows that are not null, in order:
 *       INTEGER, BOOLEAN  1 byte: 0 each a varint · 1 each a varint added to the one before
 *       TIME              uvarint unit in microseconds; each a varint of units added to the before
 *       REAL              1 byte: 255 each a real
 *                                 e ≤ 12 exceptions, then each a varint v meaning v / 10^e,
 *                                 correctly rounded; an exception's v is 0
 *       TEXT              each a text
 *
 *   exceptions  uvarint count; each: uvarint cells since the last exception, real
 * </pre>
 *
 * <h2>Format 2</h2>
 *
 * <p>For a table of series whose time, node and, if its key has one, type are there and never null.
 * Rows one after the other that share time and node are a frame; its shape is the node and the
 * types in their order. Rows that share node and type are a series; rows of a table without types
 * have type 0.
 *
 * <pre>
 *   uvarint   number of shapes; for each:
 *     varint    node
 *     uvarint   number of rows; for each: varint type added to the one before, from 0
 *   uvarint   number of frames; for each: uvarint number of its shape, from 0
 *   uvarint   unit of times in microseconds
 *   for each node, ascending:
 *     varint    units from the first time of the node before to the node's own; at first from 0
 *     varint    pace in units
 *     for each other frame of the node: varint units, which with the pace lead to its time
 *   for each column that is not time, node or type, in the order of the columns:
 *     nulls     as in format 1
 *     for each series, ascending by type, then node: how its cells are told
 *       REAL      1 byte: 255 raw, and no kind · e ≤ 12 as in format 1
 *       all       1 byte kind: 0 each a varint
 *                              1 each a varint added to the one before
 *                              2 each a varint added to the last step, which leads from the one
 *                                before to it; the first step leads from the first cell to the
 *                                second, and adds to 0
 *                              3 all are the same, and only the first is there
 *     for each series again: its cells that are not null, in order
 *       raw       each a real
 *       REAL      exceptions; an exception's v is the v before it, 0 at first
 *       all       the first a varint by itself, the others as the kind says
 * </pre>
 *
 * <p>An example: node 69 measures temperature (type 0) and humidity (2) at 08:40, 08:45 and 08:50.
 *
 * <pre>
 *   01                                one shape:
 *     8a 01                             node 69
 *     02  00 04                         two rows: type 0, type 2
 *   03  00 00 00                      three frames, all of shape 0
 *   80 8e ce 1c                       unit: 60,000,000 µs
 *     90 e9 ee 16                       node 69: 23,976,520 minutes after 1970 began
 *     0a                                at a pace of 5 minutes
 *     00 00                             and exactly so twice
 *   00                                locationId: no nulls
 *     03 03                             both series are constant
 *     0e  0e                            location 7, location 7
 *   00                                value: no nulls
 *     02 02  01 02                      hundredths of a degree, tenths of a percent; steps
 *     00  c0 39  1f  02                 no exceptions; 36.80, 36.64 = -16, 36.49 = -16 + 1
 *     00  ca 07  0c  02                 no exceptions; 48.5, 49.1 = +6, 49.8 = +6 + 1
 * </pre>
 *
 * <p>Sensors print few decimals, tick evenly and change slowly: so what is told is how far each
 * value is from the one that was to be expected. The zlib stream is flushed where values of another
 * kind begin, for codes of their own; readers need not know.
 */
public final class BatchCodec {

  private static final byte[] MAGIC = {'T', 'R', 'I', 'B'};
  private static final int COLUMNS = 1;
  private static final int FRAMES = 2; // also the version of the protocol that brought it

  // Of so few rows the series may have too little in common: the shorter of both formats is taken.
  private static final int FEW_ROWS = 500;

  private BatchCodec() {}

  /** Encodes a batch for a reader that speaks the protocol as we do. */
  public static byte[] encode(Batch batch) {
    return encode(batch, SyncApi.PROTOCOL);
  }

  /**
   * Encodes a batch.
   *
   * @param protocol version of the sync protocol that its reader speaks; a newer one than ours is
   *     as good as ours
   */
  public static byte[] encode(Batch batch, int protocol) {
    if (protocol < FRAMES || !FrameLayout.fits(batch.rows())) {
      return encodeAs(COLUMNS, batch);
    }
    byte[] frames = encodeAs(FRAMES, batch);
    if (batch.rows().size() > FEW_ROWS) {
      return frames;
    }
    byte[] columns = encodeAs(COLUMNS, batch);
    return columns.length < frames.length ? columns : frames;
  }

  /** Encodes a batch that this format can hold. */
  static byte[] encodeAs(int format, Batch batch) {
    return payload(format, batch).deflated(MAGIC, format);
  }

  /** A hash of everything that a batch holds; equal for equal content, whatever the format. */
  public static String fingerprint(Batch batch) {
    // It travels with every greeting, once a table; 64 bits tell a change as surely as 256.
    return payload(COLUMNS, batch).sha256().substring(0, 16);
  }

  private static ByteSink payload(int format, Batch batch) {
    ByteSink out = new ByteSink(256 + batch.rows().size() * 4);
    BatchHead.of(batch).writeTo(out);
    if (format == FRAMES) {
      FrameLayout.write(out, batch.rows());
    } else {
      ColumnLayout.write(out, batch.rows());
    }
    out.uvarint(batch.unreadable().size());
    for (Unreadable row : batch.unreadable()) {
      out.text(row.key());
      out.text(row.row());
      out.text(row.reason());
    }
    return out;
  }

  /**
   * Decodes a batch.
   *
   * @param maxRows most rows to take, so that no small body can claim a large memory
   * @param maxBytes most bytes that the body may expand to
   * @throws WireFormatException if the bytes are not a whole batch of a table that we know
   * @throws TooLargeException if there are more rows or bytes than that
   */
  public static Batch decode(byte[] bytes, int maxRows, int maxBytes) throws IOException {
    int format = format(bytes);
    ByteSource in = ByteSource.inflated(bytes, MAGIC.length + 1, maxBytes);
    BatchHead head = BatchHead.read(in, maxRows);
    List<Cells> cells = format == FRAMES ? FrameLayout.read(in, head) : ColumnLayout.read(in, head);
    int unreadableRows = in.count(maxRows - head.size(), "rows");
    List<Unreadable> unreadable = new ArrayList<>();
    for (int i = 0; i < unreadableRows; i++) {
      unreadable.add(new Unreadable(in.text(), in.text(), in.text()));
    }
    in.expectEnd();
    return head.batch(cells, unreadable);
  }

  private static int format(byte[] bytes) throws WireFormatException {
    if (bytes.length <= MAGIC.length
        || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new WireFormatException("Not a batch: it does not begin with TRIB");
    }
    int format = bytes[MAGIC.length];
    if (format < COLUMNS || format > FRAMES) {
      throw new WireFormatException(
          "A batch of format " + format + "; this program reads formats 1 and 2");
    }
    return format;
  }
}
