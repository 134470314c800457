package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.wire.Micros;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAsideRow;

/**
 * Tries single rows of a series again.
 *
 * <p>A row that is stored under its own key may change what is there, as an edited one does. One
 * that gets another key, or whose key is another row's, is stored only where there is none. Runs in
 * its caller's transaction.
 */
final class SeriesReplay {

  private final SeriesIngest series;
  private final SetAsideRows setAside;
  private final DecidedRows decided;
  private final Stamps stamps;
  private final String by;

  SeriesReplay(
      SeriesIngest series, SetAsideRows setAside, DecidedRows decided, Stamps stamps, String by) {
    this.series = series;
    this.setAside = setAside;
    this.decided = decided;
    this.stamps = stamps;
    this.by = by;
  }

  /**
   * Stores a row, or says why it stays.
   *
   * @param row as it came, by itself
   * @param known central ids of what it refers to
   */
  Optional<String> retry(
      Connection connection,
      Gateway gateway,
      SetAsideRow entry,
      Rows row,
      Map<String, Map<Long, Long>> known)
      throws SQLException {
    boolean clockDoubted = entry.what().rule() == Rule.CLOCK_UNTRUSTED;
    if (clockDoubted && stamps instanceof Stamps.Off off) {
      return shifted(connection, entry, row, off.by(), known);
    }
    Trust trust =
        clockDoubted ? Trust.inAll(series.trustedUntil()) : Trust.until(series.trustedUntil());
    Sieved sieved = series.parting().sieve(row, known, trust);
    List<Apart> apart = new ArrayList<>(sieved.apart());
    Optional<String> stays = Optional.empty();
    if (apart.isEmpty() && !isItsOwnKey(entry, row)) {
      stays = series.writer().storeNew(connection, sieved.rows());
    } else if (apart.isEmpty()) {
      series.writer().store(connection, gateway, sieved, row, apart);
    }
    if (!apart.isEmpty()) {
      setAside.reconsider(connection, entry.id(), apart.get(0).rule(), apart.get(0).reason());
      stays = Optional.of(apart.get(0).reason());
    }
    if (stays.isEmpty()) {
      if (clockDoubted) {
        decided.decide(connection, entry.id(), Decision.BELIEVED, Optional.empty(), by);
      }
      setAside.remove(connection, entry.id());
    }
    return stays;
  }

  private Optional<String> shifted(
      Connection connection,
      SetAsideRow entry,
      Rows row,
      Duration off,
      Map<String, Map<Long, Long>> known)
      throws SQLException {
    Optional<Rows> corrected = corrected(row, off);
    if (corrected.isEmpty()) {
      return Optional.of("its stamp can't be corrected by that much");
    }
    Rows moved = corrected.get();
    Sieved sieved = series.parting().sieve(moved, known, Trust.until(series.trustedUntil()));
    Optional<String> stays =
        sieved.apart().isEmpty()
            ? series.writer().storeNew(connection, sieved.rows())
            : Optional.of("with its time corrected: " + sieved.apart().get(0).reason());
    if (stays.isEmpty()) {
      DecidedRows.StoredUnder under =
          new DecidedRows.StoredUnder(Sieve.keyOf(moved, 0), Sieve.timeOf(moved, 0).orElseThrow());
      decided.decide(connection, entry.id(), Decision.SHIFTED, Optional.of(under), by);
      setAside.remove(connection, entry.id());
    }
    return stays;
  }

  private static Optional<Rows> corrected(Rows row, Duration off) {
    String time = row.table().key().get(0);
    Map<String, Object> cells = new LinkedHashMap<>(row.row(0));
    if (!(cells.get(time) instanceof Instant stamp)) {
      return Optional.empty();
    }
    try {
      Instant moved = stamp.plus(off);
      cells.put(time, moved);
      return Micros.hasFourDigitYear(moved)
          ? Optional.of(
              new Rows.Builder(row.table(), row.columns(), 1).row(cells.values().toArray()).build())
          : Optional.empty();
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** Not where another row of the gateway has the same key and other values. */
  private static boolean isItsOwnKey(SetAsideRow entry, Rows row) {
    return SetAsideRows.shortKey(Sieve.keyOf(row, 0)).equals(entry.what().key());
  }
}
