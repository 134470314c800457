package org.tributary.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.SourceDatabase;
import org.tributary.store.StoreException;
import org.tributary.wire.Table;

/**
 * Compares what gateways have with what central has, row by row and cell by cell. All databases are
 * read side by side in the order of the key, so years of readings need no more memory than a day.
 *
 * <p>It knows nothing of how rows travel: it reads the databases themselves.
 */
public final class Comparison {

  private static final int EXAMPLES = 5;
  private static final int ROWS_PER_TELL = 5_000;

  private final List<String> examples = new ArrayList<>();
  private long expected;
  private long verified;
  private long changed;
  private long missing;
  private long extra;

  private Comparison() {}

  /**
   * Compares one series.
   *
   * @param progress hears how many of the gateways' rows were looked at since it last heard
   */
  public static Verdict of(
      Table series, List<DatabaseUrl> gateways, DatabaseUrl central, LongConsumer progress)
      throws StoreException {
    List<SourceDatabase> databases = new ArrayList<>();
    try {
      PriorityQueue<SeriesWalk> here = new PriorityQueue<>(SeriesWalk::compareKey);
      List<SeriesWalk> all = new ArrayList<>();
      for (DatabaseUrl gateway : gateways) {
        SourceDatabase database = new SourceDatabase(gateway);
        databases.add(database);
        all.add(new SeriesWalk(database, series));
      }
      all.stream().filter(SeriesWalk::isOnRow).forEach(here::add);
      SourceDatabase centralDatabase = new SourceDatabase(central);
      databases.add(centralDatabase);
      SeriesWalk there = new SeriesWalk(centralDatabase, series);
      Comparison comparison = new Comparison();
      comparison.walk(here, there, progress);
      all.forEach(comparison::countUnreadable);
      return comparison.verdict();
    } finally {
      databases.forEach(SourceDatabase::close);
    }
  }

  private void walk(PriorityQueue<SeriesWalk> here, SeriesWalk there, LongConsumer progress)
      throws StoreException {
    boolean met = false; // whether a gateway has the row that we stand on at central
    while (!here.isEmpty()) {
      SeriesWalk next = here.remove();
      int order = there.isOnRow() ? there.compareKey(next) : 1;
      while (order < 0) {
        leave(there, met);
        met = false;
        order = there.isOnRow() ? there.compareKey(next) : 1;
      }
      compare(next, there, order == 0);
      met |= order == 0;
      next.step();
      if (next.isOnRow()) {
        here.add(next);
      }
      if (expected % ROWS_PER_TELL == 0) {
        progress.accept(ROWS_PER_TELL);
      }
    }
    progress.accept(expected % ROWS_PER_TELL);
    while (there.isOnRow()) {
      leave(there, met);
      met = false;
    }
  }

  private void compare(SeriesWalk here, SeriesWalk there, boolean found) {
    expected++;
    if (!found) {
      missing++;
      example("missing at central", here);
    } else if (here.saysTheSameAs(there)) {
      verified++;
    } else {
      changed++;
      example("changed on its way", here);
      example("  as central has it", there);
    }
  }

  private void leave(SeriesWalk there, boolean met) throws StoreException {
    if (!met) {
      extra++;
      example("only at central", there);
    }
    there.step();
  }

  private void countUnreadable(SeriesWalk gateway) {
    expected += gateway.unreadable();
    missing += gateway.unreadable();
  }

  private void example(String what, SeriesWalk row) {
    if (examples.size() < EXAMPLES) {
      examples.add(what + ": " + row.shown());
    }
  }

  private Verdict verdict() {
    return new Verdict(expected, verified, changed, missing, extra, examples);
  }
}
