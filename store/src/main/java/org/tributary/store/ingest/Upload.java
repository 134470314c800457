package org.tributary.store.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Authority;
import org.tributary.wire.Column;
import org.tributary.wire.ColumnType;
import org.tributary.wire.Identity;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/**
 * The objects of one bulk upload, sorted into rows of their tables; what can't be read as a row is
 * kept beside them with its reason. Not thread-safe while it is filled.
 */
final class Upload {

  /** Stands for the table of an object that names none of ours. */
  static final Table NO_TABLE =
      new Table(
          "(no table)",
          List.of(new Column(RestTable.LABEL, ColumnType.TEXT, Optional.empty())),
          Identity.NATURAL_KEY,
          List.of(RestTable.LABEL),
          List.of(),
          Authority.GATEWAY);

  private final Map<String, UploadedTable> bySpelling = new HashMap<>();
  private final Map<RestTable, UploadedTable> tables = new HashMap<>();
  private final List<Apart> apart = new ArrayList<>();

  /** Takes one object, by member. */
  void add(Map<String, @Nullable Object> object) {
    if (!(object.get(RestTable.LABEL) instanceof String label)) {
      apart.add(nowhere(object, "it has no " + RestTable.LABEL + " that names its table"));
      return;
    }
    UploadedTable table = bySpelling.get(label);
    if (table != null) {
      table.add(object, apart);
      return;
    }
    Optional<RestTable> named = RestTables.named(label);
    if (named.isEmpty()) {
      apart.add(nowhere(object, "there is no table \"" + label + "\""));
    } else if (named.get().equals(RestTables.PUSH_STATUS)) {
      apart.add(nowhere(object, "a push status is stamped as it comes: POST it to pushstatus/"));
    } else {
      table = tables.computeIfAbsent(named.get(), UploadedTable::new);
      bySpelling.put(label, table);
      table.add(object, apart);
    }
  }

  /** The rows of a table, in their order; those of one element have the same columns. */
  List<Rows> rows(RestTable table) {
    UploadedTable uploaded = tables.get(table);
    return uploaded == null ? List.of() : uploaded.rows();
  }

  /** What is no row of any table. */
  List<Apart> apart() {
    return apart;
  }

  private static Apart nowhere(Map<String, @Nullable Object> object, String reason) {
    String content = UploadedTable.content(object);
    return new Apart(NO_TABLE, content, Rule.UNREADABLE, reason, content, Optional.empty());
  }
}
