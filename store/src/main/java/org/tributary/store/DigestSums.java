package org.tributary.store;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.RowHash;
import org.tributary.wire.Rows;
import org.tributary.wire.Window;

/**
 * Adds up the hashes of rows, window by window: the same code at both ends. Sums of different
 * places are kept apart, so that they can be told in either side's ids. Not thread-safe.
 */
public final class DigestSums implements RowWork {

  /**
   * What one sum is about.
   *
   * @param node null where all nodes are summed
   * @param hour when the hour begins, in hours since 1970; 0 where hours are not told apart
   * @param place null for rows without a place
   */
  public record Cell(@Nullable Long node, long hour, @Nullable Long place) {}

  private static final class Sum {
    private long rows;
    private long hashes;
  }

  private final RowHash hash;
  private final Grain grain;
  private final @Nullable Twins twins;
  private final Map<Cell, Sum> sums = new HashMap<>();
  private @Nullable Sum last;
  private long lastNode;
  private long lastHour;
  private boolean lastHasPlace;
  private long lastPlace;

  /**
   * @param keyIsUnique otherwise a row that comes twice, side by side, counts once
   */
  public DigestSums(RowHash hash, Grain grain, boolean keyIsUnique) {
    this.hash = hash;
    this.grain = grain;
    this.twins = keyIsUnique ? null : new Twins();
  }

  @Override
  public void take(Rows rows) {
    int time = rows.indexOf(rows.table().key().get(0));
    int nodeColumn = rows.indexOf("nodeId");
    for (int row = 0; row < rows.size(); row++) {
      long value = hash.withoutPlace(rows, row);
      boolean hasPlace = hash.hasPlace(rows, row);
      long place = hasPlace ? hash.place(rows, row) : 0;
      if (twins != null && twins.isRepeated(hash.key(rows, row), value ^ place)) {
        continue;
      }
      long node = grain == Grain.WHOLE ? 0 : rows.longAt(nodeColumn, row);
      long hour = grain == Grain.HOUR ? Window.hourOfMicros(rows.longAt(time, row)) : 0;
      Sum sum = last;
      if (sum == null
          || node != lastNode
          || hour != lastHour
          || hasPlace != lastHasPlace
          || place != lastPlace) {
        sum =
            sums.computeIfAbsent(
                new Cell(grain == Grain.WHOLE ? null : node, hour, hasPlace ? place : null),
                cell -> new Sum());
        last = sum;
        lastNode = node;
        lastHour = hour;
        lastHasPlace = hasPlace;
        lastPlace = place;
      }
      sum.rows++;
      sum.hashes += value;
    }
  }

  /** What has come together, place by place. */
  public Map<Cell, Digest> byPlace() {
    Map<Cell, Digest> all = new HashMap<>();
    sums.forEach((cell, sum) -> all.put(cell, new Digest(sum.rows, sum.hashes)));
    return all;
  }

  /** What has come together within a window, by the windows of this grain. */
  public Map<Window, Digest> within(Window scope) {
    return within(scope, byPlace(), RowHash::factor);
  }

  /** Sums of several places as digests of the windows of a scope. */
  public static Map<Window, Digest> within(
      Window scope, Map<Cell, Digest> sums, ToLongFunction<Long> factor) {
    Map<Window, Digest> digests = new TreeMap<>();
    sums.forEach(
        (cell, sum) -> {
          Long node = cell.node() == null ? scope.node() : cell.node();
          Window window =
              cell.hour() == 0
                  ? new Window(node, scope.hour(), scope.hours())
                  : new Window(node, cell.hour(), 1);
          digests.merge(window, placed(cell.place(), sum, factor), Digest::plus);
        });
    return digests;
  }

  /** All sums as one digest. */
  public Digest total() {
    Digest total = Digest.NONE;
    for (Map.Entry<Cell, Digest> each : byPlace().entrySet()) {
      total = total.plus(placed(each.getKey().place(), each.getValue(), RowHash::factor));
    }
    return total;
  }

  private static Digest placed(@Nullable Long place, Digest sum, ToLongFunction<Long> factor) {
    return place == null ? sum : new Digest(sum.rows(), sum.sum() * factor.applyAsLong(place));
  }

  /** Remembers the rows of the key in hand. */
  private static final class Twins {
    private long key;
    private long[] seen = new long[4];
    private int count;

    boolean isRepeated(long newKey, long value) {
      if (count == 0 || newKey != key) {
        key = newKey;
        count = 0;
      }
      for (int i = 0; i < count; i++) {
        if (seen[i] == value) {
          return true;
        }
      }
      if (count == seen.length) {
        seen = Arrays.copyOf(seen, count * 2);
      }
      seen[count++] = value;
      return false;
    }
  }
}
