package org.tributary.edge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tributary.store.RestoredDatabase;
import org.tributary.store.RestoredDatabase.Taken;
import org.tributary.store.StoreException;
import org.tributary.wire.Batch;
import org.tributary.wire.Claims;
import org.tributary.wire.Difference;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.Position;
import org.tributary.wire.RestoreRequest;
import org.tributary.wire.Table;
import org.tributary.wire.Unreadable;
import org.tributary.wire.Window;

/**
 * One series on its way back, newest days first. Of days that are here already in part only the
 * nodes are read of which something differs; in the end all days are compared. Not thread-safe.
 */
final class RestoredSeries {

  private static final int DAYS_AT_ONCE = 30;
  private static final int ROWS_AT_ONCE = 10_000; // a gateway has little memory

  private final Returns returns;
  private final LocalDatabase local;
  private final RestoredDatabase database;
  private final Table table;
  private final List<Window> days;
  private final Map<String, Unreadable> lost = new TreeMap<>();
  private final List<Window> differing = new ArrayList<>();
  private Taken taken = Taken.NOTHING;
  private long same;
  private long besides;

  /**
   * @param days to be here in the end
   */
  RestoredSeries(
      Returns returns,
      LocalDatabase local,
      RestoredDatabase database,
      Table table,
      List<Window> days) {
    this.returns = returns;
    this.local = local;
    this.database = database;
    this.table = table;
    this.days = days.stream().sorted(Comparator.reverseOrder()).toList();
  }

  private static Claims claims(
      Table table, int columns, Grain grain, List<Window> scope, List<Claims.Claim> claims) {
    return new Claims(table, columns, Optional.empty(), grain, true, scope, claims);
  }

  /** Reads what is not here. */
  void fetch(Restoration.Listener listener) throws IOException, RefusedException {
    for (int from = 0; from < days.size(); from += DAYS_AT_ONCE) {
      List<Window> some = days.subList(from, Math.min(days.size(), from + DAYS_AT_ONCE));
      List<Window> begun = new ArrayList<>();
      List<Window> empty = new ArrayList<>();
      for (Window day : some) {
        (whole(day).equals(Digest.NONE) ? empty : begun).add(day);
      }
      for (Window stretch : SeriesOutlook.joined(empty)) {
        taken = taken.plus(read(stretch));
      }
      for (Window part : parts(begun)) {
        taken = taken.plus(read(part));
      }
      SeriesOutlook notRead = new SeriesOutlook(returns, table); // what is here is not read again
      notRead.look(begun);
      notRead.lost().forEach(row -> lost.put(row.key(), row));
      listener.reached(table, some.get(some.size() - 1).from(), taken.added());
    }
  }

  /** The nodes' days among these that are not the same at both ends. */
  private List<Window> parts(List<Window> begun) throws IOException, RefusedException {
    List<Window> unlike = differing(begun).stream().map(Difference::window).toList();
    if (unlike.isEmpty()) {
      return List.of();
    }
    List<Claims.Claim> here = new ArrayList<>();
    for (Window day : unlike) {
      local
          .digests(table, day, Grain.NODE, Optional.empty())
          .forEach((window, digest) -> here.add(new Claims.Claim(window, digest)));
    }
    return returns
        .differences(claims(table, local.columns(table), Grain.NODE, unlike, here))
        .stream()
        .filter(each -> each.there() > 0)
        .map(Difference::window)
        .toList();
  }

  private List<Difference> differing(List<Window> some) throws IOException, RefusedException {
    if (some.isEmpty()) {
      return List.of();
    }
    List<Claims.Claim> here = new ArrayList<>();
    for (Window day : some) {
      here.add(new Claims.Claim(day, whole(day)));
    }
    return returns.differences(claims(table, local.columns(table), Grain.WHOLE, List.of(), here));
  }

  private Digest whole(Window day) throws LocalDatabaseException {
    Digest sum = Digest.NONE;
    for (Digest each : local.digests(table, day, Grain.WHOLE, Optional.empty()).values()) {
      sum = sum.plus(each);
    }
    return sum;
  }

  /** Reads a window page by page; each is durable before the next is asked for. */
  private Taken read(Window window) throws IOException, RefusedException {
    Taken all = Taken.NOTHING;
    Optional<Position> after = Optional.empty();
    do {
      Batch batch =
          returns.rows(new RestoreRequest(table, Optional.of(window), after, ROWS_AT_ONCE));
      try {
        all = all.plus(database.take(batch.rows()));
      } catch (StoreException e) {
        throw new LocalDatabaseException(e);
      }
      batch.unreadable().forEach(row -> lost.put(row.key(), row));
      after = batch.upTo();
    } while (after.isPresent());
    return all;
  }

  /** Compares all days once more, and looks row by row at those that are not the same. */
  void prove() throws IOException, RefusedException {
    Taken first = taken;
    long others = 0;
    long refused = 0;
    for (int from = 0; from < days.size(); from += DAYS_AT_ONCE) {
      List<Window> some = days.subList(from, Math.min(days.size(), from + DAYS_AT_ONCE));
      Set<Window> unlike = new HashSet<>();
      differing(some).forEach(each -> unlike.add(each.window()));
      for (Window day : some) {
        long here = whole(day).rows();
        if (!unlike.contains(day)) {
          same += here;
          continue;
        }
        Taken its = read(day);
        first = first.plus(new Taken(its.added(), 0, 0, 0));
        others += its.others();
        refused += its.refused();
        long there = its.added() + its.same();
        same += there;
        besides += Math.max(0, here + its.added() - there - its.others());
        differing.add(day);
      }
    }
    // What was looked at row by row in the end counts, and that only once.
    taken = new Taken(first.added(), first.same(), others, refused);
    differing.sort(null);
  }

  Taken taken() {
    return taken;
  }

  /** Rows that are the same at both ends. */
  long same() {
    return same;
  }

  /** Days that are not the same in the end. */
  List<Window> differing() {
    return differing;
  }

  /** Rows here, of those days, that central does not have. */
  long besides() {
    return besides;
  }

  /** Rows that were set aside and can't come back. */
  List<Unreadable> lost() {
    return List.copyOf(lost.values());
  }
}
