package org.tributary.cli.datagen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Page;
import org.tributary.store.SourceDatabase;
import org.tributary.store.StoreException;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;

/** What a database holds, as a test sees it. */
final class Contents {

  private Contents() {}

  static List<Map<String, Object>> of(DatabaseUrl url, Table table) throws StoreException {
    try (SourceDatabase database = new SourceDatabase(url)) {
      Page page =
          table.isSeries()
              ? database.readAfter(table, Optional.empty(), Optional.empty(), 1_000_000)
              : database.readAll(table);
      Rows rows = page.rows();
      List<Map<String, Object>> all = new ArrayList<>();
      for (int row = 0; row < rows.size(); row++) {
        all.add(rows.row(row));
      }
      return all;
    }
  }
}
