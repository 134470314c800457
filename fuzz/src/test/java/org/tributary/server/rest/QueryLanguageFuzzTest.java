package org.tributary.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.tributary.fuzz.Memory;
import org.tributary.server.http.Request.Parameter;
import org.tributary.store.rest.TableQuery;
import org.tributary.wire.rest.BadFieldException;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/**
 * What clients ask of tables: the first byte of an input chooses the table, each line of the others
 * is a parameter, the first one's name an id.
 */
@Timeout(10)
class QueryLanguageFuzzTest {

  @FuzzTest
  void read_ofAnyParameters_asksForColumnsOfTheTableOrRefusesOneByName(byte[] input)
      throws IOException {
    if (input.length == 0) {
      return;
    }
    RestTable table = RestTables.ALL.get((input[0] & 0xFF) % RestTables.ALL.size());
    List<Parameter> parameters = parameters(input);
    Optional<String> id =
        input[0] < 0 ? parameters.stream().findFirst().map(Parameter::name) : Optional.empty();
    try {
      TableQuery query = Memory.within(64, () -> QueryLanguage.read(table, id, parameters));
      query.conditions().forEach(each -> assertThat(table.columns()).contains(each.column()));
      query.orders().forEach(each -> assertThat(table.columns()).contains(each.column()));
    } catch (BadFieldException refused) {
      assertThat(String.valueOf(refused.getMessage())).hasSizeLessThan(1_000);
    }
  }

  private static List<Parameter> parameters(byte[] input) {
    String text = new String(Arrays.copyOfRange(input, 1, input.length), StandardCharsets.UTF_8);
    List<Parameter> parameters = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      parameters.add(
          equals < 0
              ? new Parameter(line, "")
              : new Parameter(line.substring(0, equals), line.substring(equals + 1)));
    }
    return parameters;
  }
}
