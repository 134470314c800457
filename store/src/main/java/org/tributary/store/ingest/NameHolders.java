package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Greeting;
import org.tributary.wire.NameHolder;

/**
 * Which machine may go by a gateway's name. One at a time: a name stays for a while with the
 * machine that used it last, unless central permits another to take its place, and two machines
 * that are alive at once under one name are both stopped until a person decides. Stateless: it
 * stands in {@code tributary_gateway} and {@code tributary_replaced}.
 */
final class NameHolders {

  /** How long a name stays with the machine that last used it. */
  static final Duration NAME_HELD = Duration.ofHours(1);

  private final SqlTimes times;
  private final Clock clock;
  private final Boots boots;
  private final Permits permits;

  NameHolders(Engine engine, Clock clock) {
    this.times = new SqlTimes(engine);
    this.clock = clock;
    this.boots = new Boots(engine, clock);
    this.permits = new Permits(engine, clock);
  }

  /** Who goes by a name. */
  private record Holder(
      Gateway gateway, String machine, String hostname, Instant last, @Nullable String stopped) {}

  /**
   * Why this greeting must not be answered, if there is a reason. What follows from it is noted:
   * that one machine replaces another, or that there are two.
   */
  Optional<String> refusal(Connection connection, Greeting greeting) throws SQLException {
    if (greeting.gateway().equals(Gateways.REST)) {
      return Optional.of(
          "\"%s\" stands for all clients of the REST interface. Give this gateway a name of its own (gateway = … in [general])."
              .formatted(Gateways.REST));
    }
    Optional<Holder> known = holder(connection, greeting.gateway());
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Holder holder = known.get();
    if (holder.stopped() != null) {
      return Optional.of(holder.stopped());
    }
    Optional<String> refusal = replaced(connection, holder.gateway(), greeting);
    if (refusal.isEmpty() && !holder.machine().equals(greeting.machine())) {
      refusal = successor(connection, holder, greeting);
    }
    return refusal.isPresent() ? refusal : twin(connection, holder.gateway(), greeting);
  }

  /** Who goes by the name, if it is another machine than the one that greets. */
  Optional<NameHolder> otherThan(Connection connection, Greeting greeting) throws SQLException {
    return holder(connection, greeting.gateway())
        .filter(holder -> !holder.machine().equals(greeting.machine()))
        .map(holder -> new NameHolder(holder.hostname(), holder.last()));
  }

  /** Notes a greeting that is answered. */
  void letOn(Connection connection, Gateway gateway, Greeting greeting) throws SQLException {
    boots.note(connection, gateway, greeting);
  }

  /** Whether this very machine goes by the name. */
  boolean isHeldBy(Connection connection, Gateway gateway, String machine) throws SQLException {
    return holder(connection, gateway.id())
        .filter(holder -> holder.stopped() == null && holder.machine().equals(machine))
        .isPresent();
  }

  /**
   * Lets every machine on that goes by a name, as if none had been heard of: what was stopped, and
   * what was replaced.
   */
  void release(Connection connection, Gateway gateway) throws SQLException {
    boots.forget(connection, gateway);
    change(connection, "DELETE FROM tributary_replaced WHERE gateway_id = ?", gateway);
    change(
        connection,
        "UPDATE tributary_gateway SET stopped = NULL, stopped_why = NULL WHERE id = ?",
        gateway);
  }

  private Optional<Holder> holder(Connection connection, GatewayId id) throws SQLException {
    String sql =
        """
        SELECT id, machine, hostname, last_contact, stopped_why
        FROM tributary_gateway
        WHERE name = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, id.value());
      try (ResultSet found = select.executeQuery()) {
        if (!found.next()) {
          return Optional.empty();
        }
        String stopped = found.getString(5);
        return Optional.of(
            new Holder(
                new Gateway(found.getInt(1), id, stopped != null),
                found.getString(2),
                found.getString(3),
                times.get(found, 4),
                stopped));
      }
    }
  }

  /** Why a machine is refused whose place another has taken. */
  private Optional<String> replaced(Connection connection, Gateway gateway, Greeting greeting)
      throws SQLException {
    String sql =
        """
        SELECT replaced_by, since
        FROM tributary_replaced
        WHERE gateway_id = ? AND machine = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      select.setString(2, greeting.machine());
      try (ResultSet found = select.executeQuery()) {
        return found.next()
            ? Optional.of(
                ("This machine was replaced: another (%s) goes on as gateway \"%s\" since %s, with"
                        + " central's permission. Its rows stay here. If it is to work again, give"
                        + " it a name of its own (gateway = … in [general]); if it is the one that"
                        + " should go on, at central: tributary gateway release %s --db URL")
                    .formatted(
                        found.getString(1),
                        gateway.id(),
                        times.get(found, 2).truncatedTo(ChronoUnit.SECONDS),
                        gateway.id()))
            : Optional.empty();
      }
    }
  }

  /** Another machine than before: with a permission at once, else after a while. */
  private Optional<String> successor(Connection connection, Holder holder, Greeting greeting)
      throws SQLException {
    Optional<Permit> permit =
        permits
            .inForce(connection, holder.gateway())
            .filter(each -> each.isFor(greeting.machine()));
    if (permit.isPresent()) {
      replace(connection, holder, greeting);
      permits.bind(connection, permit.get(), greeting.machine(), greeting.hostname());
      return Optional.empty();
    }
    Instant freeFrom = holder.last().plus(NAME_HELD);
    if (!freeFrom.isAfter(clock.instant())) {
      return Optional.empty();
    }
    return Optional.of(
        ("Another machine or database (on %s) called itself gateway \"%s\" at %s. Give this one"
                + " a name of its own (gateway = … in [general]); if it replaces the other, the"
                + " name is free from %s on, and at once after, at central:"
                + " tributary gateway restore-permit %s --db URL")
            .formatted(
                holder.hostname(),
                holder.gateway().id(),
                holder.last(),
                freeFrom,
                holder.gateway().id()));
  }

  private void replace(Connection connection, Holder holder, Greeting greeting)
      throws SQLException {
    String sql =
        """
        INSERT INTO tributary_replaced (gateway_id, machine, hostname, replaced_by, since)
        VALUES (?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setInt(1, holder.gateway().key());
      insert.setString(2, holder.machine());
      insert.setString(3, holder.hostname());
      insert.setString(4, greeting.hostname());
      times.set(insert, 5, clock.instant().truncatedTo(ChronoUnit.MICROS));
      insert.executeUpdate();
    }
  }

  /** Two machines that are alive at once: both are stopped. */
  private Optional<String> twin(Connection connection, Gateway gateway, Greeting greeting)
      throws SQLException {
    Optional<Boots.Twins> twins = boots.twins(connection, gateway, greeting);
    if (twins.isEmpty()) {
      return Optional.empty();
    }
    String why =
        ("Two machines go by gateway \"%s\" at the same time: %s, heard of since %s, and %s, since"
                + " %s. One may be a copy of the other's card. Both are refused, and keep their"
                + " rows, until somebody decides: give one a name of its own (gateway = … in"
                + " [general]) or switch it off, then, at central: tributary gateway release %s"
                + " --db URL")
            .formatted(
                gateway.id(),
                twins.get().returned().hostname(),
                twins.get().returned().since().truncatedTo(ChronoUnit.SECONDS),
                twins.get().newest().hostname(),
                twins.get().newest().since().truncatedTo(ChronoUnit.SECONDS),
                gateway.id());
    String sql = "UPDATE tributary_gateway SET stopped = ?, stopped_why = ? WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      times.set(update, 1, clock.instant().truncatedTo(ChronoUnit.MICROS));
      update.setString(2, why);
      update.setInt(3, gateway.key());
      update.executeUpdate();
    }
    return Optional.of(why);
  }

  private static void change(Connection connection, String sql, Gateway gateway)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, gateway.key());
      statement.executeUpdate();
    }
  }
}
