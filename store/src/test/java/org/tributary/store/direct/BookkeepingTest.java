package org.tributary.store.direct;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Engine;
import org.tributary.store.Schema;
import org.tributary.store.WallClock;

/** Which tables are ours, as the migrations say. */
class BookkeepingTest {

  @Test
  void scripts_areAllMigrationsOfEveryEngine() throws IOException, URISyntaxException {
    URI folder = Objects.requireNonNull(Schema.class.getResource("schema")).toURI();
    try (Stream<Path> scripts = Files.list(Path.of(folder))) {
      assertThat(scripts.map(each -> each.getFileName().toString()))
          .as("a new migration has to be named in Bookkeeping as well")
          .containsExactlyInAnyOrderElementsOf(
              Stream.of(Bookkeeping.SCRIPTS, Bookkeeping.OF_CENTRAL_ALONE)
                  .flatMap(List::stream)
                  .toList());
    }
  }

  @Test
  void tables_areOursAndNothingElse() {
    for (DatabaseUrl.Dialect dialect : DatabaseUrl.Dialect.values()) {
      assertThat(new Bookkeeping(Engine.of(dialect, WallClock.UTC)).tables())
          .hasSizeGreaterThan(8)
          .allMatch(table -> table.startsWith("tributary_"))
          .contains("tributary_mapping", "tributary_setaside", "tributary_decided");
    }
  }
}
