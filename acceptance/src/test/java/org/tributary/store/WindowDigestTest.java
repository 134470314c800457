package org.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.Position;
import org.tributary.wire.RowHash;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Window;

/** Whatever engine keeps the rows, their digests are the same. */
class WindowDigestTest {

  private static final Instant DAY = Instant.parse("2016-02-28T00:00:00Z");
  private static final Window THREE_DAYS = Window.days(DAY, 3);
  private static final long[] NODES = {7, 8, 9};

  @ParameterizedTest
  @EnumSource
  void digests_ofReadings_areThoseOfTheRowsWhateverTheEngine(TestEngine engine) throws Exception {
    holds(engine, Tables.READING, readings(new Random(1)));
  }

  @ParameterizedTest
  @EnumSource
  void digests_ofNodeStates_areThoseOfTheRowsWhateverTheEngine(TestEngine engine) throws Exception {
    holds(engine, Tables.NODE_STATE, states(new Random(2)));
  }

  private static void holds(TestEngine engine, Table table, Rows rows) throws Exception {
    Database database = OurDatabases.shared(engine);
    database.write(
        connection -> {
          for (long node : NODES) {
            new TableWriter(database.engine(), Tables.NODE)
                .insertNew(
                    connection,
                    new Rows.Builder(Tables.NODE, Tables.NODE.columns(), 1)
                        .row(node, null, null)
                        .build());
          }
          return new TableWriter(database.engine(), table).insertNew(connection, rows);
        });
    try (SourceDatabase source = new SourceDatabase(database.url())) {
      for (Grain grain : Grain.values()) {
        assertThat(source.digests(table, THREE_DAYS, grain, Optional.empty()))
            .as("%s", grain)
            .isEqualTo(expected(rows, grain, Optional.empty()));
      }
      Position half = rows.keyAt(rows.size() / 2);
      assertThat(source.digests(table, THREE_DAYS, Grain.NODE, Optional.of(half)))
          .isEqualTo(expected(rows, Grain.NODE, Optional.of(half)));
      assertThat(sum(source, table, 1)).isEqualTo(sum(source, table, 24));
    }
  }

  /** Small windows add up to large ones. */
  private static Digest sum(SourceDatabase source, Table table, int hours) throws Exception {
    Digest sum = Digest.NONE;
    for (long hour = THREE_DAYS.hour(); hour < THREE_DAYS.endHour(); hour += hours) {
      for (Digest digest :
          source
              .digests(table, new Window(null, hour, hours), Grain.NODE, Optional.empty())
              .values()) {
        sum = sum.plus(digest);
      }
    }
    return sum;
  }

  private static Map<Window, Digest> expected(Rows rows, Grain grain, Optional<Position> upTo) {
    RowHash hash = new RowHash(rows.table(), RowHash.allColumns(rows.table()));
    Map<Window, Digest> digests = new TreeMap<>();
    for (int row = 0; row < rows.size(); row++) {
      long hour = Window.hourOfMicros(rows.longAt(0, row));
      boolean inside = hour >= THREE_DAYS.hour() && hour < THREE_DAYS.endHour();
      if (inside && (upTo.isEmpty() || !rows.keyAt(row).isAfter(upTo.get()))) {
        Window window =
            switch (grain) {
              case WHOLE -> THREE_DAYS;
              case NODE -> THREE_DAYS.of(rows.longAt(1, row));
              case HOUR -> new Window(rows.longAt(1, row), hour, 1);
            };
        digests.merge(window, new Digest(1, hash.of(rows, row)), Digest::plus);
      }
    }
    return digests;
  }

  private static Rows readings(Random random) {
    List<Object[]> rows = new ArrayList<>();
    TreeSet<Position> keys = new TreeSet<>();
    double[] odd = {-0.0, 0.0, 1.4e38, 4.9e-324, -1e308, 0.1};
    for (int i = 0; i < 700; i++) {
      Instant time = time(random);
      long node = NODES[random.nextInt(3)];
      long type = 2L * random.nextInt(2);
      if (keys.add(Position.of(time, node, type))) {
        Object value =
            switch (random.nextInt(4)) {
              case 0 -> null;
              case 1 -> odd[random.nextInt(odd.length)] + 0.0;
              default -> random.nextGaussian();
            };
        rows.add(new Object[] {time, node, type, null, value});
      }
    }
    return rows(Tables.READING, rows);
  }

  private static Rows states(Random random) {
    List<Object[]> rows = new ArrayList<>();
    TreeSet<Position> keys = new TreeSet<>();
    for (int i = 0; i < 700; i++) {
      Instant time = time(random);
      long node = NODES[random.nextInt(3)];
      long sequence = random.nextInt(255);
      if (keys.add(Position.of(time, node, sequence))) {
        Long parent = random.nextBoolean() ? null : 23L;
        rows.add(new Object[] {time, node, parent, random.nextLong() >> 2, sequence, -70L});
      }
    }
    return rows(Tables.NODE_STATE, rows);
  }

  /** From an hour before the window to an hour behind it, often where hours and days meet. */
  private static Instant time(Random random) {
    Instant hour = DAY.plusSeconds(3_600L * (random.nextInt(74) - 1));
    return switch (random.nextInt(4)) {
      case 0 -> hour;
      case 1 -> hour.minusNanos(1_000);
      default -> hour.plusNanos(1_000L * random.nextInt(2_000_000_000));
    };
  }

  private static Rows rows(Table table, List<Object[]> rows) {
    rows.sort(Comparator.comparing(row -> (Instant) row[0]));
    Rows.Builder builder = new Rows.Builder(table, table.columns(), rows.size());
    rows.forEach(builder::row);
    return builder.build();
  }
}
