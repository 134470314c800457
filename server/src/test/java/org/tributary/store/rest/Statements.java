package org.tributary.store.rest;

import java.util.ArrayList;
import java.util.List;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Engine;
import org.tributary.store.WallClock;

/** The texts of all statements by which a question is asked, on every engine. */
public final class Statements {

  private Statements() {}

  public static List<String> of(TableQuery query) {
    List<String> texts = new ArrayList<>();
    for (DatabaseUrl.Dialect dialect : DatabaseUrl.Dialect.values()) {
      QuerySql sql = new QuerySql(Engine.of(dialect, WallClock.UTC), query);
      texts.add(sql.count().sql());
      texts.add(sql.rows(0, 10).sql());
      texts.add(sql.rows(10, 10).sql());
      List<Object> key = new ArrayList<>(query.table().key());
      texts.add(sql.rowsBehind(key, 10).sql());
    }
    return texts;
  }
}
