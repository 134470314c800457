package org.tributary.wire.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.tributary.fuzz.Memory;
import org.tributary.wire.Column;
import org.tributary.wire.TooLargeException;
import org.tributary.wire.WireFormatException;

/** The REST interface's bodies, at both ends: objects, lists of them, single texts. */
@Timeout(10)
class RestBodyFuzzTest {

  private static final int MAX_ROWS = 1_000;

  @FuzzTest
  void read_ofAnything_givesValuesThatCanBeWrittenOnOrRefusesIt(byte[] body) throws IOException {
    try {
      Optional<String> text = RestJson.readText(body);
      byte[] once = RestJson.bytes(text.orElse(null));
      assertThat(RestJson.readText(once)).isEqualTo(text);
    } catch (WireFormatException noText) {
      // Then perhaps it is objects.
    }
    try {
      List<Map<String, @Nullable Object>> objects = Memory.within(64, () -> objects(body));
      RestJson.bytes(objects);
      objects.forEach(RestBodyFuzzTest::asRow);
    } catch (WireFormatException | TooLargeException refused) {
      // Neither.
    }
  }

  private static List<Map<String, @Nullable Object>> objects(byte[] body) throws IOException {
    List<Map<String, @Nullable Object>> objects = new ArrayList<>();
    try (RestJson.Reader reader = new RestJson.Reader(new ByteArrayInputStream(body), MAX_ROWS)) {
      for (Map<String, @Nullable Object> next = reader.next(); next != null; next = reader.next()) {
        objects.add(next);
      }
    }
    return objects;
  }

  /** As a row of every table, each cell is one that its column holds, or is refused by name. */
  private static void asRow(Map<String, @Nullable Object> members) {
    for (RestTable table : RestTables.ALL) {
      for (Column column : table.columns()) {
        for (Object value : members.values()) {
          try {
            Object cell = RestCells.stored(column, value);
            assertThat(cell == null || RestJson.bytes(cell).length > 0).isTrue();
          } catch (BadFieldException refused) {
            assertThat(refused.field()).isEqualTo(column.name());
          }
        }
      }
    }
  }
}
