package org.tributary.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.tributary.wire.Batch;
import org.tributary.wire.Lane;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Unreadable;
import org.tributary.wire.Window;

/**
 * Rows of the past that can't be read. No digest has them, so no comparing finds them; they are
 * noted where digests pass over them, and sent for central to set aside. The same ones of a window
 * are sent once in the life of this process, unless they were mended in between.
 *
 * <p>Not thread-safe: its {@link Repair} owns it.
 */
final class PassedOver {

  private static final int ROWS = 1_000;

  // Whoever has more has one cause for all of them; the others follow once these are sent.
  private static final int MOST_WAITING = 10_000;

  private static final int MOST_KNOWN = 100_000;

  private record Place(Table table, Window window) {}

  private final Map<Place, Set<Long>> known = new HashMap<>();
  private final Map<Table, List<Unreadable>> waiting = new HashMap<>();
  private Set<Long> before = Set.of();
  private long count;
  private boolean crowded;

  /** Begins a window of which a digest is made; {@link Noting#end} ends it. */
  Noting in(Table table, Window window) {
    return new Noting(new Place(table, window));
  }

  /** How many rows were passed over until now, in whatever windows. */
  long count() {
    return count;
  }

  /** Rows of a table that are still to be sent. */
  List<Unreadable> waiting(Table table) {
    return waiting.getOrDefault(table, List.of());
  }

  /**
   * Sends what is to be sent.
   *
   * @return whether there was no room to note all, so that looking again finds more
   */
  boolean send(int maxRows, Sending sending, BooleanSupplier stop)
      throws IOException, RefusedException {
    int atOnce = Math.min(ROWS, maxRows);
    for (Table table : Tables.ALL) {
      List<Unreadable> rows = waiting(table);
      while (!rows.isEmpty() && !stop.getAsBoolean()) {
        List<Unreadable> some = rows.subList(0, Math.min(atOnce, rows.size()));
        sending.send(
            new Batch(
                table, Lane.HISTORY, Optional.empty(), Optional.empty(), Rows.none(table), some));
        some.clear();
      }
    }
    boolean more = crowded;
    crowded = false;
    return more;
  }

  private int waiting() {
    return waiting.values().stream().mapToInt(List::size).sum();
  }

  private static long fingerprint(Unreadable row) {
    String all = row.key() + '\n' + row.row() + '\n' + row.reason();
    return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
  }

  /** Notes the rows of one window. */
  final class Noting implements Consumer<Unreadable> {
    private final Place place;
    private final Set<Long> sent;
    private final Set<Long> seen = new HashSet<>();
    private final Set<Long> here = new HashSet<>();

    private Noting(Place place) {
      this.place = place;
      this.sent = known.getOrDefault(place, Set.of());
    }

    @Override
    public void accept(Unreadable row) {
      long fingerprint = fingerprint(row);
      if (here.size() < MOST_KNOWN) {
        here.add(fingerprint);
      }
      if (!before.contains(fingerprint)) {
        count++; // where its time can't be read it may be found on two days
      }
      if (sent.contains(fingerprint) || seen.contains(fingerprint)) {
        seen.add(fingerprint);
      } else if (waiting() < MOST_WAITING) {
        seen.add(fingerprint);
        waiting.computeIfAbsent(place.table(), table -> new ArrayList<>()).add(row);
      } else {
        crowded = true;
      }
    }

    /** The window has been read. */
    void end() {
      before = here;
      if (seen.isEmpty()) {
        known.remove(place);
        return;
      }
      known.put(place, seen);
      if (known.values().stream().mapToInt(Set::size).sum() > MOST_KNOWN) {
        known.clear(); // those of other windows are sent again, which changes nothing
        known.put(place, seen);
      }
    }
  }
}
