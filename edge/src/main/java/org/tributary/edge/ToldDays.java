package org.tributary.edge;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.tributary.wire.Position;
import org.tributary.wire.Table;
import org.tributary.wire.Window;

/**
 * Tells central how much there is of what the live lane left behind, day by day and before it
 * travels: nobody there could say otherwise how much is on its way. Each day once in the life of
 * this process. Not thread-safe.
 */
final class ToldDays {

  private final Repair repair;
  private final CatchUp catchUp;
  private final Map<Table, Set<Window>> told = new HashMap<>();

  ToldDays(Repair repair, CatchUp catchUp) {
    this.repair = repair;
    this.catchUp = catchUp;
  }

  /**
   * Tells of the days that central has not heard of, newest first.
   *
   * @param upTo how far the live lane has come
   */
  void tell(Table table, Position upTo, BooleanSupplier stop) throws IOException, RefusedException {
    Set<Window> its = told.computeIfAbsent(table, of -> new LinkedHashSet<>());
    List<Window> days =
        catchUp.backlog(table).days().stream().filter(day -> !its.contains(day)).toList();
    for (List<Window> some : Portions.ofNotes(days)) {
      if (stop.getAsBoolean()) {
        return;
      }
      repair.compare(table, upTo, some, false);
      its.addAll(some);
    }
  }

  /** The days that were told of, once all of them have been sent; and never again. */
  List<Window> sent(Table table) {
    if (!catchUp.backlog(table).isEmpty()) {
      return List.of();
    }
    Set<Window> its = told.remove(table);
    return its == null ? List.of() : List.copyOf(its);
  }
}
