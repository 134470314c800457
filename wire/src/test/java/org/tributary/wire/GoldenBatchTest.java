package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Holds the format still: bytes that an older program wrote must stay readable, and what we write
 * must stay what an older program reads.
 *
 * <p>Each file in {@code src/test/resources/golden} is a golden sample of one batch: what it holds,
 * in words, then an empty line, then its body in hexadecimal; those of format 2 end in {@code -2}.
 * If one of these tests fails, a format has changed: make it another format, which {@link
 * BatchCodec} knows beside those that it has, and another version of the protocol. Only then, or
 * for a new table, write the files anew from {@link GoldenBatches}, and read the difference before
 * you commit it:
 *
 * <pre>mvn -pl wire test -Dtest=GoldenBatchTest -Dgolden.regenerate=true</pre>
 */
class GoldenBatchTest {

  /** A table and the format in which its golden batch is written. */
  record Sample(Table table, int format) {
    Path file() {
      return FOLDER.resolve(table + (format == 1 ? "" : "-" + format) + ".txt");
    }
  }

  static final List<Sample> SAMPLES =
      Stream.concat(
              Tables.ALL.stream().map(table -> new Sample(table, 1)),
              Tables.ALL.stream().filter(Table::isSeries).map(table -> new Sample(table, 2)))
          .toList();
  static final Path FOLDER = Path.of("src/test/resources/golden");

  @BeforeAll
  static void regenerateIfAsked() throws IOException {
    if (!Boolean.getBoolean("golden.regenerate")) {
      return;
    }
    for (Sample sample : SAMPLES) {
      Batch batch = GoldenBatches.of(sample.table());
      String body =
          HexFormat.of()
              .formatHex(BatchCodec.encodeAs(sample.format(), batch))
              .replaceAll("(.{64})(?=.)", "$1\n"); // 32 bytes a line
      Files.writeString(sample.file(), describe(batch, sample.format()) + "\n" + body + "\n");
    }
  }

  @ParameterizedTest
  @FieldSource("SAMPLES")
  void decode_ofTheGoldenBody_givesWhatIsWrittenAboveIt(Sample sample) throws Exception {
    Golden golden = Golden.read(sample);

    Batch decoded = Bodies.decode(golden.body());

    assertThat(describe(decoded, sample.format())).isEqualTo(golden.words());
    Bodies.assertBitEqual(decoded, GoldenBatches.of(sample.table()));
  }

  /** Inflated, because what zlib makes of the same bytes may differ from JDK to JDK. */
  @ParameterizedTest
  @FieldSource("SAMPLES")
  void encode_ofTheGoldenRows_givesTheGoldenPayload(Sample sample) throws Exception {
    Golden golden = Golden.read(sample);

    byte[] encoded = BatchCodec.encodeAs(sample.format(), GoldenBatches.of(sample.table()));

    assertThat(Bodies.format(encoded)).isEqualTo(sample.format());
    assertThat(Bodies.open(encoded)).isEqualTo(Bodies.open(golden.body()));
  }

  private record Golden(String words, String hex) {
    static Golden read(Sample sample) throws IOException {
      String text = Files.readString(sample.file());
      int gap = text.indexOf("\n\n");
      return new Golden(text.substring(0, gap + 1), text.substring(gap).replaceAll("\\s", ""));
    }

    byte[] body() {
      return HexFormat.of().parseHex(hex);
    }
  }

  private static String describe(Batch batch, int format) {
    StringBuilder words = new StringBuilder();
    words.append("A golden sample of one batch, format ").append(format);
    words.append("; see GoldenBatchTest\n");
    words.append("table   ").append(batch.table()).append('\n');
    words.append("lane    ").append(batch.lane()).append('\n');
    words.append("after   ").append(batch.after().map(SyncJson::writePosition).orElse("none"));
    words.append("\nup to   ").append(batch.upTo().map(SyncJson::writePosition).orElse("none"));
    words.append("\ncolumns ");
    words.append(
        batch.rows().columns().stream().map(Column::name).collect(Collectors.joining(" ")));
    words.append('\n');
    for (int row = 0; row < batch.rows().size(); row++) {
      words.append("row     ").append(SyncJson.writeRow(batch.rows().row(row))).append('\n');
    }
    for (Unreadable row : batch.unreadable()) {
      words.append("unreadable, key ").append(row.key()).append('\n');
      words.append("unreadable, row ").append(row.row()).append('\n');
      words.append("unreadable, why ").append(row.reason()).append('\n');
    }
    return words.toString();
  }
}
