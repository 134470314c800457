package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about windows, and bodies that are cut short, garbled or forged. */
class HostileDigestTest {

  static final int HEADER = 5;

  /** What can be said, and how it is written and read. */
  enum Kind {
    CLAIMS("TRIC") {
      @Override
      Object random(Random random) {
        Grain grain = List.of(Grain.values()).get(random.nextInt(3));
        Table table = table(random);
        List<Claims.Claim> claims = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
          claims.add(
              new Claims.Claim(
                  switch (grain) {
                    case WHOLE -> day(random);
                    case NODE -> day(random).of(random.nextInt(100));
                    case HOUR -> new Window((long) random.nextInt(100), random.nextInt(500_000), 1);
                  },
                  new Digest(random.nextInt(100_000), random.nextLong())));
        }
        return new Claims(
            table,
            columns(table, random),
            upTo(random),
            grain,
            random.nextBoolean(),
            List.of(day(random), day(random)),
            claims);
      }

      @Override
      byte[] write(Object said) {
        return DigestCodec.encode((Claims) said);
      }

      @Override
      Object read(byte[] body) throws IOException {
        return DigestCodec.decodeClaims(body);
      }
    },
    DIFFERENCES("TRID") {
      @Override
      Object random(Random random) {
        List<Difference> all = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
          all.add(new Difference(window(random), random.nextInt(1_000_000)));
        }
        return all;
      }

      @Override
      @SuppressWarnings("unchecked")
      byte[] write(Object said) {
        return DigestCodec.encodeDifferences((List<Difference>) said);
      }

      @Override
      Object read(byte[] body) throws IOException {
        return DigestCodec.decodeDifferences(body);
      }
    },
    SKETCHES("TRIS") {
      @Override
      Object random(Random random) {
        Table table = table(random);
        List<Sketches.Sketch> all = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
          byte[] buckets = new byte[1 + random.nextInt(90)];
          random.nextBytes(buckets);
          all.add(new Sketches.Sketch(window(random), buckets));
        }
        return new Sketches(table, columns(table, random), upTo(random), random.nextLong(), all);
      }

      @Override
      byte[] write(Object said) {
        return DigestCodec.encode((Sketches) said);
      }

      @Override
      Object read(byte[] body) throws IOException {
        return DigestCodec.decodeSketches(body);
      }
    },
    PARTS("TRIP") {
      @Override
      Object random(Random random) {
        List<Part> all = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
          int buckets = 1 + random.nextInt(90);
          BitSet chosen = new BitSet();
          random.ints(random.nextInt(20), 0, buckets).forEach(chosen::set);
          all.add(new Part(window(random), buckets, chosen));
        }
        return all;
      }

      @Override
      @SuppressWarnings("unchecked")
      byte[] write(Object said) {
        return DigestCodec.encodeParts((List<Part>) said);
      }

      @Override
      Object read(byte[] body) throws IOException {
        return DigestCodec.decodeParts(body);
      }
    };

    private final String magic;

    Kind(String magic) {
      this.magic = magic;
    }

    abstract Object random(Random random);

    abstract byte[] write(Object said);

    abstract Object read(byte[] body) throws IOException;

    byte[] seal(Consumer<ByteSink> payload) {
      ByteSink sink = new ByteSink(64);
      payload.accept(sink);
      return sink.deflated(magic.getBytes(StandardCharsets.US_ASCII), 1);
    }

    private static Table table(Random random) {
      return random.nextBoolean() ? Tables.READING : Tables.NODE_STATE;
    }

    private static int columns(Table table, Random random) {
      return random.nextInt(RowHash.allColumns(table) + 1);
    }

    private static Optional<Position> upTo(Random random) {
      return Optional.of(
          Position.of(
              Instant.ofEpochSecond(random.nextInt()), (long) random.nextInt(), random.nextLong()));
    }

    private static Window day(Random random) {
      return new Window(null, Window.DAY * (long) random.nextInt(20_000), Window.DAY);
    }

    private static Window window(Random random) {
      return random.nextBoolean()
          ? day(random)
          : new Window(random.nextLong(), random.nextInt(500_000), 1 + random.nextInt(24));
    }
  }

  @ParameterizedTest
  @EnumSource
  void decode_ofWhatWasEncoded_isTheSame(Kind kind) {
    Seeds.forEach(
        500,
        seed -> {
          Object said = kind.random(new Random(seed));
          byte[] body = kind.write(said);

          assertThat(kind.read(body)).usingRecursiveComparison().isEqualTo(said);
          assertThat(kind.write(kind.read(body))).isEqualTo(body);
        });
  }

  @ParameterizedTest
  @EnumSource
  void decode_whenTheBodyIsCutShortAnywhere_saysSo(Kind kind) {
    byte[] body = kind.write(kind.random(new Random(3)));
    for (int length = 0; length < body.length; length++) {
      byte[] cut = Arrays.copyOf(body, length);
      assertThatThrownBy(() -> kind.read(cut))
          .as("%d of %d bytes", length, body.length)
          .isInstanceOf(WireFormatException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void decode_whenBytesChangeBeforeTheyAreCompressed_decodesOrRefuses(Kind kind) {
    int[] decoded = {0};
    Seeds.forEach(
        2_000,
        seed -> {
          Random random = new Random(seed * 0x9E3779B97F4A7C15L);
          byte[] payload = open(kind.write(kind.random(random)));
          for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(payload.length);
            payload[at] =
                (byte) (random.nextBoolean() ? random.nextInt() : random.nextBoolean() ? 0xFF : 0);
          }
          byte[] mutant = kind.seal(out -> out.bytes(payload));

          try {
            Object said = kind.read(mutant);
            decoded[0]++;
            assertThat(kind.write(kind.read(kind.write(said)))).isEqualTo(kind.write(said));
          } catch (IOException refused) {
            assertThat(refused).isInstanceOfAny(WireFormatException.class, TooLargeException.class);
          }
        });
    assertThat(decoded[0]).isBetween(40, 1_960);
  }

  @ParameterizedTest
  @EnumSource
  void decode_whenSomethingFollows_isRefused(Kind kind) throws Exception {
    byte[] payload = open(kind.write(kind.random(new Random(3))));
    byte[] longer = kind.seal(out -> out.bytes(Arrays.copyOf(payload, payload.length + 1)));

    assertThatThrownBy(() -> kind.read(longer))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("1 bytes too many");
  }

  @ParameterizedTest
  @EnumSource
  void decode_ofAnotherKind_isRefused(Kind kind) {
    for (Kind other : Kind.values()) {
      if (other != kind) {
        byte[] body = other.write(other.random(new Random(1)));
        assertThatThrownBy(() -> kind.read(body)).isInstanceOf(WireFormatException.class);
      }
    }
  }

  /** Central notes digests by day: what is no day must not pass for one. */
  @ParameterizedTest
  @CsvSource({"5, 24", "24, 25", "-1, 24", "0, 1"})
  void decodeClaims_ofWholeWindowsThatAreNoDays_areRefused(long hour, int hours) {
    byte[] body = claims(Grain.WHOLE, new Window(null, hour, hours));

    assertThatThrownBy(() -> DigestCodec.decodeClaims(body))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("Not of whole days");
  }

  /** What a node has is compared by days as well, and where it has nothing nothing is claimed. */
  @ParameterizedTest
  @CsvSource({"NODE, 5, 24", "NODE, 24, 25", "HOUR, 5, 1", "HOUR, 0, 1"})
  void decodeClaims_aboutAScopeThatIsNoDays_areRefused(Grain grain, long hour, int hours) {
    byte[] body =
        DigestCodec.encode(
            new Claims(
                Tables.READING,
                1,
                Optional.empty(),
                grain,
                true,
                List.of(new Window(null, hour, hours)),
                List.of()));

    assertThatThrownBy(() -> DigestCodec.decodeClaims(body))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("Not of whole days");
  }

  @Test
  void decodeClaims_ofAWholeWindowOfOneNode_isRefused() {
    byte[] body = claims(Grain.WHOLE, new Window(7L, 0, Window.DAY));

    assertThatThrownBy(() -> DigestCodec.decodeClaims(body))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("of all nodes");
  }

  @Test
  void decodeClaims_aboutMoreThanOneMayLookAt_areTooLarge() {
    byte[] body =
        claims(
            Grain.WHOLE,
            new Window(null, 0, Window.DAY * 50_000),
            new Window(null, 0, Window.DAY * 50_000));

    assertThatThrownBy(() -> DigestCodec.decodeClaims(body)).isInstanceOf(TooLargeException.class);
  }

  @Test
  void decodeClaims_upToWhatIsNoKey_areRefused() {
    for (Position upTo :
        List.of(
            Position.of(),
            Position.fingerprint("x"),
            Position.of(Instant.EPOCH, 1L),
            Position.of(1L, Instant.EPOCH, 1L))) {
      byte[] body =
          DigestCodec.encode(
              new Claims(
                  Tables.READING, 1, Optional.of(upTo), Grain.WHOLE, true, List.of(), List.of()));

      assertThatThrownBy(() -> DigestCodec.decodeClaims(body))
          .as("%s", upTo)
          .isInstanceOf(WireFormatException.class)
          .hasMessageContaining("No key of Reading");
    }
  }

  /** A part is settled in memory. */
  @Test
  void decodeParts_ofMoreThanADay_areRefused() {
    byte[] body = DigestCodec.encodeParts(List.of(Part.whole(new Window(null, 0, 48))));

    assertThatThrownBy(() -> DigestCodec.decodeParts(body))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("more than a day");
  }

  @Test
  void decodeParts_ofBucketsThatAreNotThere_areRefused() {
    byte[] body =
        Kind.PARTS.seal(
            out -> {
              WindowLists.write(out, List.of(new Window(null, 0, 1)));
              out.uvarint(3);
              out.oneByte(0b1000);
            });

    assertThatThrownBy(() -> DigestCodec.decodeParts(body))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("No bucket: 3");
  }

  @ParameterizedTest
  @EnumSource(names = {"DIFFERENCES", "PARTS"})
  void decode_whenATinyBodyClaimsManyWindows_refusesIt(Kind kind) {
    byte[] body = kind.seal(out -> out.uvarint(1_000_000));

    assertThatThrownBy(() -> kind.read(body)).isInstanceOf(TooLargeException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE, 100_000_001, -100_000_001})
  void decodeDifferences_ofHoursThatNoCalendarHas_areRefused(long hour) {
    byte[] body =
        DigestCodec.encodeDifferences(List.of(new Difference(new Window(null, hour, 1), 7)));

    assertThatThrownBy(() -> DigestCodec.decodeDifferences(body))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("No window");
  }

  @ParameterizedTest
  @ValueSource(longs = {100_000_000, -100_000_000})
  void decodeDifferences_ofTheFarthestHours_areTaken(long hour) throws Exception {
    List<Difference> differences = List.of(new Difference(new Window(null, hour, 1), 7));

    assertThat(DigestCodec.decodeDifferences(DigestCodec.encodeDifferences(differences)))
        .isEqualTo(differences);
  }

  private static byte[] claims(Grain grain, Window... windows) {
    return DigestCodec.encode(
        new Claims(
            Tables.READING,
            1,
            Optional.empty(),
            grain,
            true,
            List.of(),
            Arrays.stream(windows).map(each -> new Claims.Claim(each, Digest.NONE)).toList()));
  }

  private static byte[] open(byte[] body) throws DataFormatException {
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
}
