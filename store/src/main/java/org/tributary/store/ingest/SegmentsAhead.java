package org.tributary.store.ingest;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Table;

/**
 * Stretches that were stored before the stretch they follow: while several batches are on their way
 * one may overtake another. The position moves only contiguously; once the gap is closed it moves
 * over these too.
 *
 * <p>Kept in memory alone: if it is lost the position stays behind, and rows travel twice. What is
 * kept stays true, so nothing needs to be taken out but for room. Thread-safe.
 */
final class SegmentsAhead {

  private static final int MAX_SEGMENTS = 16;

  private record Track(int gateway, Table table, Lane lane) {}

  private final Map<Track, Map<Position, Position>> ahead = new HashMap<>();

  /** Notes that all rows behind {@code after} up to {@code upTo} are stored and committed. */
  synchronized void add(
      Gateway gateway, Table table, Lane lane, Optional<Position> after, Position upTo) {
    after.ifPresent(
        from ->
            ahead
                .computeIfAbsent(new Track(gateway.key(), table, lane), track -> new Recent())
                .put(from, upTo));
  }

  /** How far the stretches reach that begin where this one ends. */
  synchronized Position reach(Gateway gateway, Table table, Lane lane, Position from) {
    Map<Position, Position> segments =
        ahead.getOrDefault(new Track(gateway.key(), table, lane), Map.of());
    Position reached = from;
    @Nullable Position next = segments.get(reached);
    while (next != null && next.isAfter(reached)) {
      reached = next;
      next = segments.get(reached);
    }
    return reached;
  }

  /** The newest few segments. */
  private static final class Recent extends LinkedHashMap<Position, Position> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Position, Position> eldest) {
      return size() > MAX_SEGMENTS;
    }
  }
}
