package org.tributary.acceptance.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.TargetDatabase;
import org.tributary.wire.Rows;
import org.tributary.wire.Tables;

/** Readings of one node, three each second; their values are their numbers, by time and type. */
final class ManyReadings {

  private static final Instant BEGIN = Instant.parse("2014-01-01T00:00:00Z");

  private static final int TYPES = 3;

  private ManyReadings() {}

  static void store(DatabaseUrl url, long node, int count) {
    Rows.Builder rows = new Rows.Builder(Tables.READING, Tables.READING.columns(), count);
    for (int i = 0; i < count; i++) {
      rows.row(BEGIN.plusSeconds(i / TYPES), node, (long) (i % TYPES), null, (double) i);
    }
    try (TargetDatabase database = new TargetDatabase(url)) {
      database.add(List.of(rows.build()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
