package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Holds the format still: bytes that an older program wrote must stay readable, and what we write
 * must stay what an older program reads.
 *
 * <p>Each file in {@code src/test/resources/golden} is a golden sample of one batch: what it holds,
 * in words, then an empty line, then its body in hexadecimal. If one of these tests fails, the
 * format has changed and {@link BatchCodec#FORMAT} must too. Only then, or for a new table, write
 * the files anew from {@link GoldenBatches}, and read the difference before you commit it:
 *
 * <pre>mvn -pl wire test -Dtest=GoldenBatchTest -Dgolden.regenerate=true</pre>
 */
class GoldenBatchTest {

  static final List<Table> TABLES = Tables.ALL;
  static final Path FOLDER = Path.of("src/test/resources/golden");

  @BeforeAll
  static void regenerateIfAsked() throws IOException {
    if (!Boolean.getBoolean("golden.regenerate")) {
      return;
    }
    for (Table table : TABLES) {
      Batch batch = GoldenBatches.of(table);
      String body =
          HexFormat.of()
              .formatHex(BatchCodec.encode(batch))
              .replaceAll("(.{64})(?=.)", "$1\n"); // 32 bytes a line
      Files.writeString(file(table), describe(batch) + "\n" + body + "\n");
    }
  }

  @ParameterizedTest
  @FieldSource("TABLES")
  void decode_ofTheGoldenBody_givesWhatIsWrittenAboveIt(Table table) throws Exception {
    Golden golden = Golden.read(table);

    Batch decoded = Bodies.decode(golden.body());

    assertThat(describe(decoded)).isEqualTo(golden.words());
    Bodies.assertBitEqual(decoded, GoldenBatches.of(table));
  }

  /** Inflated, because what zlib makes of the same bytes may differ from JDK to JDK. */
  @ParameterizedTest
  @FieldSource("TABLES")
  void encode_ofTheGoldenRows_givesTheGoldenPayload(Table table) throws Exception {
    Golden golden = Golden.read(table);

    byte[] encoded = BatchCodec.encode(GoldenBatches.of(table));

    assertThat(Bodies.open(encoded)).isEqualTo(Bodies.open(golden.body()));
  }

  private record Golden(String words, String hex) {
    static Golden read(Table table) throws IOException {
      String text = Files.readString(file(table));
      int gap = text.indexOf("\n\n");
      return new Golden(text.substring(0, gap + 1), text.substring(gap).replaceAll("\\s", ""));
    }

    byte[] body() {
      return HexFormat.of().parseHex(hex);
    }
  }

  private static Path file(Table table) {
    return FOLDER.resolve(table.name() + ".txt");
  }

  private static String describe(Batch batch) {
    StringBuilder words = new StringBuilder();
    words.append("A golden sample of one batch, format 1; see GoldenBatchTest\n");
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
