package org.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.wire.Position;
import org.tributary.wire.Table;
import org.tributary.wire.Unreadable;

/** A series as a gateway reads it: page by page, to the end. */
final class Paged {

  final List<Position> keys = new ArrayList<>();
  final List<List<Object>> rows = new ArrayList<>();
  final List<Unreadable> unreadable = new ArrayList<>();

  private Paged() {}

  /** Reads on from the cursor that a page gives. */
  static Paged inOneGo(SourceDatabase source, Table table, int pageSize) throws IOException {
    return read(source, table, pageSize, false);
  }

  /** Reads on from the last row where there is one, as a gateway does that was started anew. */
  static Paged startedAnewAfterEachPage(SourceDatabase source, Table table, int pageSize)
      throws IOException {
    return read(source, table, pageSize, true);
  }

  private static Paged read(SourceDatabase source, Table table, int pageSize, boolean anew)
      throws IOException {
    Paged paged = new Paged();
    Optional<Position> cursor = Optional.empty();
    int pages = 0;
    boolean more = true;
    while (more) {
      assertThat(++pages).as("no end of %s", paged.keys).isLessThan(5_000);
      Page page = source.readAfter(table, cursor, Optional.empty(), pageSize);
      for (int row = 0; row < page.rows().size(); row++) {
        paged.keys.add(page.rows().keyAt(row));
        paged.rows.add(new ArrayList<>(page.rows().row(row).values()));
      }
      paged.unreadable.addAll(page.unreadable());
      cursor = anew && page.last().isPresent() ? page.last() : page.cursor();
      more = page.full();
    }
    return paged;
  }
}
