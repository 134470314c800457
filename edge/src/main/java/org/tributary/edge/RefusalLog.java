package org.tributary.edge;

import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.store.Counted;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.Table;

/** Tells the operator of rows set aside, one line a batch and rule with the first of them. */
final class RefusalLog implements PushListener {

  private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);

  private final String remote;

  RefusalLog(String remote) {
    this.remote = remote;
  }

  @Override
  public void answered(Batch batch, Ack ack) {
    log.debug(
        "{}: {}: {} new, {} changed, {} there, {} set aside",
        remote,
        batch,
        ack.inserted(),
        ack.changed(),
        ack.unchanged(),
        ack.setAside().size());
    Map<Rule, Integer> counts = new EnumMap<>(Rule.class);
    ack.setAside().forEach(row -> counts.merge(row.rule(), 1, Integer::sum));
    counts.forEach(
        (rule, count) -> {
          SetAside first =
              ack.setAside().stream().filter(row -> row.rule() == rule).findFirst().orElseThrow();
          // The reason of another row than of a series may hold an address, which belongs to no
          // log.
          log.warn(
              "{}: {} of {} set aside, {}; the first, {}: {}",
              remote,
              Counted.rows(count),
              batch.table(),
              rule.words(),
              first.key(),
              batch.table().isSeries() ? first.reason() : "tributary status says why");
        });
  }

  @Override
  public void refused(Table table, RefusedException refusal) {
    log.warn("{}: central refuses {}: {}", remote, table, refusal.getMessage());
  }
}
