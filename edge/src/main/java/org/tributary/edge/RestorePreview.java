package org.tributary.edge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tributary.store.RestoredDatabase;
import org.tributary.wire.Greeting;
import org.tributary.wire.RestoreOutlook;
import org.tributary.wire.RestoreTerms;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * What a restore would bring and take, asked of central. Nothing is changed, here or there: whoever
 * goes by the gateway's name goes on.
 *
 * @param first asked whether it may begin: who can't be reached is told at once
 * @param returns asked everything else
 */
record RestorePreview(Returns first, Returns returns, Greeting greeting, RestoreTarget target) {

  /**
   * Asks whether it may begin, and looks whether the database may be filled.
   *
   * @throws RefusedException if central would not let it
   * @throws LocalDatabaseException if the database may not be filled
   */
  RestoreOutlook outlook() throws IOException, RefusedException {
    target.examine();
    RestoreOutlook outlook = first.look(greeting);
    target.refuseStrangers(outlook.metadata());
    return outlook;
  }

  /** Counts what would come back. */
  Restoration.Report report(Restoration.Span span) throws IOException, RefusedException {
    RestoreOutlook outlook = outlook();
    RestoreTerms terms = outlook.terms();
    List<Restoration.Lost> lost = new ArrayList<>();
    for (Table table : Tables.ALL) {
      outlook
          .lost()
          .getOrDefault(table.name(), List.of())
          .forEach(row -> lost.add(new Restoration.Lost(table, row)));
    }
    long wanted = 0;
    for (Table table : Restoration.SERIES) {
      SeriesOutlook series = new SeriesOutlook(returns, table);
      series.look(span.days(terms, table));
      wanted += series.rows();
      series.lost().forEach(row -> lost.add(new Restoration.Lost(table, row)));
    }
    return new Restoration.Report(
        outlook.metadata().size(),
        wanted,
        RestoredDatabase.Taken.NOTHING,
        0,
        List.of(),
        0,
        terms.lost() + lost.size(),
        lost,
        terms.shared(),
        span.isPart(terms),
        outlook.holder());
  }
}
