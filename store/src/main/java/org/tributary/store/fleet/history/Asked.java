package org.tributary.store.fleet.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.tributary.store.Engine;
import org.tributary.store.report.Query;

/**
 * What of a gateway's history is wanted.
 *
 * @param gateway its number in our own tables
 * @param from the first moment
 * @param until the first moment after it
 * @param most so many of each kind, the newest
 */
record Asked(Engine engine, long gateway, String name, Instant from, Instant until, int most) {

  Asked {
    requireNonNull(engine);
    requireNonNull(name);
    requireNonNull(from);
    requireNonNull(until);
  }

  /**
   * A query about this gateway in this time.
   *
   * @param sql with places for the gateway's number and for both ends of the time, in that order,
   *     newest first
   */
  Query query(String sql) {
    return new Query(engine, sql + "LIMIT " + most).with(gateway).with(from).with(until);
  }

  boolean covers(Instant moment) {
    return !moment.isBefore(from) && moment.isBefore(until);
  }
}
