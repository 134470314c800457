package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are cut short, garbled, forged or meant to hurt. */
class HostileBodyTest {

  static final List<Table> TABLES = Tables.ALL;
  static final long MEGABYTE = 1 << 20;

  /** A shape of node 0 and type 0, a frame of it, and its time: unit 1, time 0, pace 0. */
  static final long[] ONE_FRAME = {1, 0, 1, 0, 1, 0, 1, 0, 0};

  @ParameterizedTest
  @FieldSource("TABLES")
  void decode_whenTheBodyIsCutShortAnywhere_saysSo(Table table) {
    for (byte[] body : Bodies.all(GoldenBatches.of(table))) {
      for (int length = 0; length < body.length; length++) {
        byte[] cut = Arrays.copyOf(body, length);
        assertThatThrownBy(() -> Bodies.decode(cut))
            .as("%d of %d bytes", length, body.length)
            .isExactlyInstanceOf(WireFormatException.class);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("TABLES")
  void decode_whenTheBatchWasCutShortBeforeItWasCompressed_refusesIt(Table table) throws Exception {
    for (byte[] body : Bodies.all(GoldenBatches.of(table))) {
      byte[] payload = Bodies.open(body);
      for (int length = 0; length < payload.length; length++) {
        byte[] cut = Bodies.seal(Bodies.format(body), Arrays.copyOf(payload, length));
        assertThatThrownBy(() -> Bodies.decode(cut))
            .as("%d of %d bytes", length, payload.length)
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void decode_whenBitsOfTheBodyFlip_decodesOrRefusesInLittleMemory() {
    Seeds.forEach(
        10_000,
        seed -> {
          Random random = new Random(seed * 0x9E3779B97F4A7C15L);
          byte[] body = Bodies.newest(batch(seed));

          byte[] mutant = mutant(body, random);

          assertDecodesOrRefuses(mutant);
        });
  }

  @Test
  void decode_whenBytesOfTheBatchItselfChange_decodesOrRefusesInLittleMemory() {
    int[] decoded = {0};
    Seeds.forEach(
        10_000,
        seed -> {
          Random random = new Random(seed * 0x9E3779B97F4A7C15L);
          byte[] body = Bodies.newest(batch(seed));

          byte[] mutant = Bodies.seal(Bodies.format(body), mutant(Bodies.open(body), random));

          decoded[0] += assertDecodesOrRefuses(mutant) ? 1 : 0;
        });
    // Most of a payload is values, so that many mutants live: the test does get past the header.
    assertThat(decoded[0]).isBetween(1_000, 9_000);
  }

  /** Two of three batches are frames, of the others every other is a golden one. */
  private static Batch batch(long seed) {
    if (seed % 3 != 0) {
      return RandomFrames.batch(seed % 3 == 1 ? Tables.READING : Tables.NODE_STATE, seed);
    }
    Table table = TABLES.get((int) (seed / 2 % TABLES.size()));
    return seed % 2 == 0 ? GoldenBatches.of(table) : RandomBatches.batch(table, seed);
  }

  /** Flips bits, puts in extreme bytes, takes bytes out or repeats some: one to four times. */
  private static byte[] mutant(byte[] original, Random random) {
    byte[] bytes = original.clone();
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times && bytes.length > 1; i++) {
      int at = random.nextInt(bytes.length);
      int length = Math.min(1 + random.nextInt(9), bytes.length - at);
      switch (random.nextInt(6)) {
        case 0, 1, 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 3 -> Arrays.fill(bytes, at, at + length, (byte) (random.nextBoolean() ? 0xFF : 0));
        case 4 -> bytes = join(bytes, at, at + length);
        default -> bytes = join(bytes, at + length, at);
      }
    }
    return bytes;
  }

  /** The bytes up to {@code end}, and then those from {@code begin} on. */
  private static byte[] join(byte[] bytes, int end, int begin) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(bytes, 0, end);
    joined.write(bytes, begin, bytes.length - begin);
    return joined.toByteArray();
  }

  /** Whatever decodes must also be a batch like any other, which can travel on. */
  private static boolean assertDecodesOrRefuses(byte[] body) throws Exception {
    long before = allocated();
    Batch batch;
    try {
      batch = Bodies.decode(body);
    } catch (IOException refused) {
      assertThat(refused).isInstanceOfAny(WireFormatException.class, TooLargeException.class);
      return false;
    } finally {
      assertThat(allocated() - before).as("bytes allocated").isLessThan(8 * MEGABYTE);
    }
    Bodies.assertBitEqual(Bodies.decode(Bodies.newest(batch)), batch);
    return true;
  }

  @Test
  void decode_ofABodyThatExpandsToAGigabyte_stopsAtTheLimit() throws Exception {
    byte[] bomb = bomb(1L << 30);
    assertThat(bomb.length).isLessThan(8 << 20);
    long before = allocated();

    Assertions.assertTimeout(
        Duration.ofSeconds(2),
        () ->
            assertThatThrownBy(() -> BatchCodec.decode(bomb, Bodies.MAX_ROWS, 16 << 20))
                .isInstanceOf(TooLargeException.class)
                .hasMessageContaining("16777216 bytes"));

    assertThat(allocated() - before).isLessThan(128 * MEGABYTE);
  }

  @ParameterizedTest
  @ValueSource(longs = {10_001, 1L << 31, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, -1})
  void decode_whenATinyBodyClaimsManyRows_refusesItInLittleMemory(long rows) {
    byte[] body = readings(out -> out.uvarint(rows));
    long before = allocated();

    assertThatThrownBy(() -> Bodies.decode(body))
        .isInstanceOf(TooLargeException.class)
        .hasMessageContaining(Long.toUnsignedString(rows) + " rows");

    assertThat(allocated() - before).isLessThan(MEGABYTE);
  }

  static Stream<Arguments> columnsWithoutCells() {
    Consumer<ByteSink> noNulls = out -> out.oneByte(0);
    return Stream.of(
        Arguments.of("nothing", noNulls),
        Arguments.of("nulls", (Consumer<ByteSink>) out -> out.oneByte(1)),
        Arguments.of("raw reals", noNulls.andThen(out -> out.oneByte(255))),
        Arguments.of(
            "exceptions",
            noNulls.andThen(
                out -> {
                  out.oneByte(2);
                  out.uvarint(Integer.MAX_VALUE);
                })));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("columnsWithoutCells")
  void decode_whenATinyBodyClaimsRowsThatItLacks_refusesItInLittleMemory(
      String what, Consumer<ByteSink> column) {
    byte[] body =
        readings(
            out -> {
              out.uvarint(Integer.MAX_VALUE);
              column.accept(out);
            },
            "value");
    long before = allocated();

    assertThatThrownBy(() -> BatchCodec.decode(body, Integer.MAX_VALUE, Bodies.MAX_BYTES))
        .as(what)
        .isInstanceOfAny(WireFormatException.class, TooLargeException.class);

    assertThat(allocated() - before).isLessThan(MEGABYTE);
  }

  @Test
  void decode_countsUnreadableRowsAmongTheRows() {
    byte[] body =
        readings(
            out -> {
              out.uvarint(0);
              out.uvarint(2);
              for (int i = 0; i < 6; i++) {
                out.text("");
              }
            });

    assertThatThrownBy(() -> BatchCodec.decode(body, 1, Bodies.MAX_BYTES))
        .isInstanceOf(TooLargeException.class)
        .hasMessageContaining("2 rows");
  }

  @Test
  void decode_ofExactlyAsManyRowsAndBytesAsAreTaken_takesThem() throws Exception {
    Batch batch = GoldenBatches.of(Tables.READING);
    for (byte[] body : Bodies.all(batch)) {
      int bytes = Bodies.open(body).length;

      Bodies.assertBitEqual(BatchCodec.decode(body, batch.size(), bytes), batch);
      assertThatThrownBy(() -> BatchCodec.decode(body, batch.size() - 1, bytes))
          .isInstanceOf(TooLargeException.class);
      assertThatThrownBy(() -> BatchCodec.decode(body, batch.size(), bytes - 1))
          .isInstanceOf(TooLargeException.class);
    }
  }

  @Test
  void decode_whenBytesFollowTheStream_refusesIt() {
    byte[] body = BatchCodec.encode(GoldenBatches.of(Tables.NODE));

    assertRefused(Arrays.copyOf(body, body.length + 1), "Bytes follow");
  }

  @Test
  void decode_whenBytesFollowTheBatchInsideTheStream_refusesIt() throws Exception {
    byte[] payload = Bodies.open(BatchCodec.encode(GoldenBatches.of(Tables.NODE)));

    assertRefused(Bodies.seal(1, Arrays.copyOf(payload, payload.length + 3)), "3 bytes too many");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "TRI", "TRIB", "trib\u0001xxxx", "<!DOCTYPE html><title>Sign in"})
  void decode_ofSomethingElse_saysThatItIsNoBatch(String body) {
    assertRefused(body.getBytes(StandardCharsets.UTF_8), "Not a batch");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 127})
  void decode_ofAnotherFormat_saysWhichItIsAndWhichWeRead(int format) {
    byte[] body = BatchCodec.encode(GoldenBatches.of(Tables.NODE));
    body[4] = (byte) format;

    assertRefused(body, "A batch of format " + format + "; this program reads formats 1 and 2");
  }

  @Test
  void decode_whenTheStreamNeedsADictionary_refusesIt() {
    Deflater deflater = new Deflater();
    deflater.setDictionary("Reading".getBytes(StandardCharsets.US_ASCII));
    deflater.setInput("Reading".getBytes(StandardCharsets.US_ASCII));
    deflater.finish();
    byte[] stream = new byte[100];
    int length = deflater.deflate(stream);
    deflater.end();
    byte[] body =
        Arrays.copyOf(BatchCodec.encode(GoldenBatches.of(Tables.NODE)), Bodies.HEADER + length);
    System.arraycopy(stream, 0, body, Bodies.HEADER, length);

    assertThatThrownBy(() -> Bodies.decode(body)).isInstanceOf(WireFormatException.class);
  }

  static Stream<Arguments> forgeries() {
    Consumer<ByteSink> oneRow = out -> out.uvarint(1);
    Consumer<ByteSink> noNulls = out -> out.oneByte(0);
    return Stream.of(
        forgery("No such table: Users", Bodies.sealed(1, out -> out.text("Users"))),
        forgery("No such table: reading", Bodies.sealed(1, out -> out.text("reading"))),
        forgery("No lane: 3", head(3, out -> {})),
        forgery(
            "No part of a position: 3",
            head(
                0,
                out -> {
                  out.uvarint(2);
                  out.oneByte(3);
                })),
        forgery("Reading has no column colour", readings(out -> {}, "time", "colour")),
        forgery("Reading has no column VALUE", readings(out -> {}, "VALUE")),
        forgery(
            "Reading has no column colour", // as a newer program may send
            readings(
                out -> out.uvarint(0), "time", "nodeId", "type", "locationId", "value", "colour")),
        forgery("Reading has no column id", readings(out -> {}, "id")),
        forgery("Reading.value is there twice", readings(out -> {}, "value", "value")),
        forgery("No kind of nulls: 2", readings(oneRow.andThen(out -> out.oneByte(2)), "value")),
        forgery(
            "No kind of integers: 2",
            readings(oneRow.andThen(noNulls).andThen(out -> out.oneByte(2)), "nodeId")),
        forgery(
            "No exponent: 13",
            readings(oneRow.andThen(noNulls).andThen(out -> out.oneByte(13)), "value")),
        forgery(
            "An exception beyond the last cell",
            readings(
                oneRow
                    .andThen(noNulls)
                    .andThen(
                        out -> {
                          out.oneByte(0); // exponent
                          out.uvarint(1); // exception
                          out.uvarint(1); // after one cell
                          out.real(1e38);
                          out.varint(0);
                        }),
                "value")),
        forgery(
            "more than ten bytes",
            readings(out -> out.bytes(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0}))),
        forgery(
            "not UTF-8",
            Bodies.sealed(
                1,
                out -> {
                  out.uvarint(2);
                  out.bytes(new byte[] {(byte) 0xC3, 0x28});
                })),
        forgery(
            "not UTF-8", // half of a surrogate pair
            Bodies.sealed(
                1,
                out -> {
                  out.uvarint(3);
                  out.bytes(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});
                })));
  }

  static Stream<Arguments> forgedFrames() {
    return Stream.of(
        forgery("A shape without rows", frames(1, 1, 0, 0)),
        forgery("No shape of number 1", frames(1, 1, 0, 1, 0, 1, 1)),
        forgery("No shape of number 0", frames(1, 0, 1, 0)),
        forgery("Frames of 2 rows, where 3 are told", frames(3, 1, 0, 2, 0, 0, 1, 0)),
        forgery("A node without frames", frames(2, 2, 0, 1, 0, 2, 1, 0, 2, 0, 0, 1, 0, 0, 0)),
        forgery("No kind of nulls: 2", frames(1, ONE_FRAME, 2)),
        forgery("No exponent: 13", frames(1, ONE_FRAME, 0, 13)),
        forgery("No kind of series: 4", frames(1, ONE_FRAME, 0, 2, 4)),
        forgery(
            "An exception beyond the last cell",
            frames(1, ONE_FRAME, 0, 2, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
        forgery("No frames of Reading have these columns", readings(2, out -> out.uvarint(0))),
        forgery(
            "No frames of Reading have these columns",
            readings(2, out -> out.uvarint(0), "time", "nodeId", "value")),
        forgery(
            "No frames of Node have these columns",
            Bodies.sealed(
                2,
                out -> {
                  out.text("Node");
                  for (int i = 0; i < 5; i++) {
                    out.oneByte(0); // lane, positions, columns, rows
                  }
                })));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forgedFrames")
  void decode_ofForgedFrames_saysWhatIsWrong(String reason, byte[] body) {
    assertRefused(body, reason);
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000_000, 10_000})
  void decode_whenAFewFramesStandForAMillionRows_refusesThemInLittleMemory(long told) {
    long[] frames = new long[3 + 1_000 + 1 + 1_000];
    frames[0] = 1; // one shape, of node 0
    frames[2] = 1_000; // rows, all of type 0
    frames[3 + 1_000] = 1_000; // times that, all of shape 0
    byte[] body = frames(told, frames);
    long before = allocated();

    assertThatThrownBy(() -> Bodies.decode(body))
        .isInstanceOfAny(WireFormatException.class, TooLargeException.class)
        .hasMessageContaining("1000000 rows");

    assertThat(allocated() - before).isLessThan(MEGABYTE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void decode_whenATinyBodyClaimsFramesThatItLacks_refusesItInLittleMemory(int place) {
    long[] claims = {1, 0, 1, 0, 1, 0};
    claims[new int[] {0, 2, 4}[place]] = Integer.MAX_VALUE; // shapes, rows of one, frames
    byte[] body = frames(Integer.MAX_VALUE, claims);
    long before = allocated();

    assertThatThrownBy(() -> BatchCodec.decode(body, Integer.MAX_VALUE, Bodies.MAX_BYTES))
        .isInstanceOfAny(WireFormatException.class, TooLargeException.class);

    assertThat(allocated() - before).isLessThan(MEGABYTE);
  }

  /** Each shape is there for a frame at least. */
  @Test
  void decode_whenShapesHaveMoreRowsThanTheBatch_refusesTheFirstThatIsTooMany() {
    byte[] body = frames(2, 2, 0, 2, 0, 0, 2, 2, 0, 0, 1, 0);

    assertThatThrownBy(() -> Bodies.decode(body))
        .isInstanceOf(TooLargeException.class)
        .hasMessageContaining("2 rows of shapes, where at most 0 are taken");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forgeries")
  void decode_ofAForgery_saysWhatIsWrong(String reason, byte[] body) {
    assertRefused(body, reason);
  }

  private static Arguments forgery(String reason, byte[] body) {
    return Arguments.of(reason, body);
  }

  private static void assertRefused(byte[] body, String reason) {
    assertThatThrownBy(() -> Bodies.decode(body))
        .isExactlyInstanceOf(WireFormatException.class)
        .hasMessageContaining(reason);
  }

  private static byte[] head(int lane, Consumer<ByteSink> rest) {
    return head(1, lane, rest);
  }

  private static byte[] head(int format, int lane, Consumer<ByteSink> rest) {
    return Bodies.sealed(
        format,
        out -> {
          out.text("Reading");
          out.oneByte(lane);
          rest.accept(out);
        });
  }

  /** A batch of readings with these columns; the rest begins with the number of rows. */
  private static byte[] readings(Consumer<ByteSink> rest, String... columns) {
    return readings(1, rest, columns);
  }

  private static byte[] readings(int format, Consumer<ByteSink> rest, String... columns) {
    return head(
        format,
        0,
        out -> {
          out.uvarint(0); // after
          out.uvarint(0); // up to
          out.uvarint(columns.length);
          for (String column : columns) {
            out.text(column);
          }
          rest.accept(out);
        });
  }

  private static byte[] frames(long rows, long[] begin, long... numbers) {
    return frames(rows, LongStream.concat(LongStream.of(begin), LongStream.of(numbers)).toArray());
  }

  /** Readings as frames: their number, then these numbers, of which none is a double. */
  private static byte[] frames(long rows, long... numbers) {
    return readings(
        2,
        out -> {
          out.uvarint(rows);
          for (long number : numbers) {
            out.uvarint(number);
          }
        },
        "time",
        "nodeId",
        "type",
        "value");
  }

  /** That many zeros behind a valid header. */
  private static byte[] bomb(long size) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(Bodies.MAGIC);
    body.write(1);
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    byte[] zeros = new byte[1 << 20];
    try (DeflaterOutputStream out = new DeflaterOutputStream(body, fast, 1 << 16)) {
      for (long written = 0; written < size; written += zeros.length) {
        out.write(zeros);
      }
    } finally {
      fast.end();
    }
    return body.toByteArray();
  }

  /** Bytes that this thread has allocated so far, garbage included. */
  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }
}
