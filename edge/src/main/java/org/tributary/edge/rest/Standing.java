package org.tributary.edge.rest;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.edge.state.SetAsideFile;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Lane;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** How a gateway stands with a server that can't say so, out of what is written down here. */
record Standing(RestRecord record, SetAsideFile aside) {

  private static final int SHOWN = 100;

  /** Empty if it never greeted. */
  Optional<GatewayStatus> status(GatewayId gateway, Clock clock) {
    return record
        .contact()
        .map(
            contact ->
                new GatewayStatus(
                    gateway,
                    contact.hostname(),
                    contact.version(),
                    contact.first(),
                    contact.last(),
                    contact.offsetMillis(),
                    trusted(contact, clock),
                    Tables.ALL.stream().map(this::of).toList(),
                    byRule()));
  }

  /** The first rows that are set aside, rows of one cause together where they wait. */
  List<SetAside> setAside() throws IOException {
    List<SetAside> shown = new ArrayList<>(record.problems());
    record.held().forEach(each -> shown.add(each.summary()));
    shown.addAll(aside.first(SHOWN));
    return shown.subList(0, Math.min(SHOWN, shown.size()));
  }

  /** How many rows are set aside or wait. */
  long countAside() {
    return Tables.ALL.stream().mapToLong(table -> of(table).setAside()).sum();
  }

  private static Instant trusted(RestRecord.Contact contact, Clock clock) {
    return clock.instant().minusMillis(contact.offsetMillis()).plus(Rule.AHEAD_TRUSTED);
  }

  private GatewayStatus.TableStatus of(Table table) {
    return new GatewayStatus.TableStatus(
        table.name(),
        record.reached(table, Lane.LIVE),
        record.reached(table, Lane.UNTRUSTED),
        aside.count(table.name()) + record.waiting(table.name()));
  }

  private Map<Rule, Long> byRule() {
    Map<Rule, Long> byRule = aside.byRule();
    record.waitingByRule().forEach((rule, rows) -> byRule.merge(rule, rows, Long::sum));
    return byRule;
  }
}
