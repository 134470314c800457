package org.tributary.edge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.tributary.wire.Difference;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.RestoreTerms;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Welcome;
import org.tributary.wire.Window;

/**
 * Lets central know what a restored gateway has: what it did not take back central keeps, whatever
 * the gateway says about deleting, and what it has again is not kept any more. From then on both
 * ends compare as before. May be done again. Not thread-safe.
 */
final class Settling {

  private static final int DAYS_AT_ONCE = 400;

  private final LocalDatabase local;
  private final Transport transport;
  private final Repair repair;
  private final Welcome welcome;

  Settling(LocalDatabase local, Transport transport, int pushLimit, Welcome welcome) {
    this.local = local;
    this.transport = transport;
    this.welcome = welcome;
    BatchSize size = new BatchSize(pushLimit, transport.tempo());
    size.limitTo(welcome.maxRows());
    this.repair =
        new Repair(
            local,
            transport,
            batch -> Verification.accountedFor(batch, this.transport.send(batch)),
            size,
            RandomGenerator.getDefault());
  }

  /** Compares all days of which central has something, and settles those that differ. */
  void settle(RestoreTerms terms) throws IOException, RefusedException {
    for (Table table : Tables.ALL) {
      Optional<Position> upTo =
          table.isSeries() ? welcome.position(table, Lane.LIVE) : Optional.empty();
      if (upTo.isEmpty()) {
        continue;
      }
      local.check();
      List<Window> days = new ArrayList<>();
      for (Window stretch : terms.of(table)) {
        for (long hour = stretch.hour(); hour < stretch.endHour(); hour += Window.DAY) {
          days.add(new Window(null, hour, Window.DAY));
        }
      }
      for (int from = 0; from < days.size(); from += DAYS_AT_ONCE) {
        List<Difference> differing =
            repair
                .compare(
                    table,
                    upTo.get(),
                    days.subList(from, Math.min(days.size(), from + DAYS_AT_ONCE)),
                    true)
                .differences();
        repair.mend(table, upTo.get(), differing, false, () -> false);
      }
    }
  }
}
