package org.tributary.store.ingest;

import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.READING;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tributary.wire.Claims;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.RowHash;
import org.tributary.wire.Rows;
import org.tributary.wire.Window;

/**
 * A gateway's days of hourly temperatures of nodes 7 and 8, and what it says of them. Its ids are
 * those of {@code Feed.house(0, …)}: node 7 stands at its location 1, node 8 at its location 2.
 */
final class ComparedReadings {

  static final int A_DAY = 24;

  private final Central central;
  private final Feed gateway;

  ComparedReadings(Central central, Feed gateway) {
    this.central = central;
    this.gateway = gateway;
  }

  /** Sends the first hours of a day: so many of node 7, and so many of node 8. */
  void send(LocalDate day, int of7, int of8) throws Exception {
    List<Object[]> readings = new ArrayList<>();
    for (int hour = 0; hour < Math.max(of7, of8); hour++) {
      Instant time = start(day).plus(Duration.ofHours(hour));
      if (hour < of7) {
        readings.add(row(time, 7, 0, 1L, 20.0 + hour));
      }
      if (hour < of8) {
        readings.add(row(time, 8, 0, 2L, 20.0 + hour));
      }
    }
    gateway.live(READING, readings.toArray(Object[][]::new));
  }

  /**
   * Says what the gateway has of a day.
   *
   * @param more rows of node 8 that it has and central does not
   */
  void compare(LocalDate day, int more) throws Exception {
    Window window = Window.dayOf(start(day));
    Map<Window, Digest> digests = new TreeMap<>();
    for (List<Object> each : central.rows(READING)) {
      Rows one = Feed.rows(READING, each.toArray());
      long micros = one.longAt(0, 0);
      if (micros >= window.fromMicros() && micros < window.toMicros()) {
        digests.merge(window.of(one.longAt(1, 0)), new Digest(1, local(each)), Digest::plus);
      }
    }
    if (more > 0) {
      digests.merge(window.of(8), new Digest(more, 1), Digest::plus);
    }
    for (Grain grain : List.of(Grain.WHOLE, Grain.NODE)) {
      Digest all = digests.values().stream().reduce(Digest.NONE, Digest::plus);
      central.ingest.differences(
          gateway.id,
          new Claims(
              READING,
              RowHash.allColumns(READING),
              gateway.position(READING),
              grain,
              false,
              List.of(window),
              grain == Grain.WHOLE
                  ? List.of(new Claims.Claim(window, all))
                  : digests.entrySet().stream()
                      .map(each -> new Claims.Claim(each.getKey(), each.getValue()))
                      .toList()));
    }
  }

  private static long local(List<Object> row) {
    List<Object> theirs = new ArrayList<>(row);
    theirs.set(3, row.get(1).equals(7L) ? 1L : 2L);
    return new RowHash(READING, RowHash.allColumns(READING))
        .of(Feed.rows(READING, theirs.toArray()), 0);
  }

  static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
