package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Access;
import org.tributary.store.CentralBooks;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.StoreException;
import org.tributary.store.access.Act;
import org.tributary.store.access.AuditTrail;
import org.tributary.wire.Column;
import org.tributary.wire.GatewayId;

/** Where a person looks at what both sides changed differently, and chooses again. Thread-safe. */
public final class ConflictDesk implements AutoCloseable {

  /** What came of a choice. */
  public enum Outcome {
    /** Central has the chosen version now; gateways that take changes follow. */
    CHANGED,
    /** Central had it already. */
    STANDS,
    /** The field has been changed since, to something else; nothing was done. */
    CHANGED_SINCE,
    /** It is about a row as a whole, which is as it is. */
    NOTED
  }

  private final Database database;
  private final Conflicts conflicts;
  private final MappedRows mapped;
  private final GatewayNames names;
  private final AuditTrail audit;

  private ConflictDesk(Database database, Clock clock) {
    this.database = database;
    this.conflicts = new Conflicts(database.engine(), clock);
    this.mapped = new MappedRows(database.engine());
    this.names = new GatewayNames(new Gateways(database.engine(), clock));
    this.audit = new AuditTrail(database.engine(), clock);
  }

  /**
   * Opens central's database.
   *
   * @param access to read or to write
   * @throws StoreException if it is none of this program's revision
   */
  public static ConflictDesk open(DatabaseUrl url, Access access, Clock clock)
      throws StoreException {
    CentralBooks.require(url);
    return new ConflictDesk(Database.open(url, access), clock);
  }

  /** A desk within central itself, for several to use at once. */
  public static ConflictDesk within(Database database, Clock clock) {
    return new ConflictDesk(database, clock);
  }

  /**
   * Looks whether a gateway has ever pushed here.
   *
   * @param gateway whose name; empty for any
   * @throws UndecidedException if none has, with the names of those that have
   */
  public void requireKnown(Optional<GatewayId> gateway) throws StoreException, UndecidedException {
    try {
      database.read(
          connection -> {
            names.requireAny(connection);
            return gateway.isPresent() ? names.require(connection, gateway.get()) : this;
          });
    } catch (Stop stop) {
      throw new UndecidedException(String.valueOf(stop.getMessage()));
    }
  }

  /**
   * Conflicts in the order in which they came about.
   *
   * @param gateway whose; empty for all
   * @param openOnly whether those that a person has looked at are left out
   * @param afterId the number that the page before ended with, or 0
   */
  public List<Conflict> page(Optional<GatewayId> gateway, boolean openOnly, long afterId, int max)
      throws StoreException {
    return database.read(connection -> conflicts.page(connection, gateway, openOnly, afterId, max));
  }

  /** The conflict of that number. */
  public Optional<Conflict> find(long id) throws StoreException {
    return database.read(connection -> conflicts.find(connection, id));
  }

  /**
   * Makes one side's version count.
   *
   * @param by who does it, for the books
   */
  public Outcome resolve(Conflict conflict, Conflict.Side side, String by) throws StoreException {
    return database.write(
        connection -> {
          mapped.lock(connection);
          Outcome outcome =
              conflict.column().isEmpty() ? Outcome.NOTED : apply(connection, conflict, side);
          if (outcome != Outcome.CHANGED_SINCE) {
            conflicts.decide(connection, conflict.id(), side, by);
            audit.write(
                connection,
                by,
                Act.CONFLICT,
                "conflict " + conflict.id(),
                "for " + side.name().toLowerCase(Locale.ROOT));
          }
          return outcome;
        });
  }

  private Outcome apply(Connection connection, Conflict conflict, Conflict.Side side)
      throws SQLException {
    CentralTable central = new CentralTable(database.engine(), connection, conflict.table());
    Map<String, @Nullable Object> there = central.row(conflict.central());
    Object now = there.get(conflict.column());
    Object wanted = conflict.versions().of(side);
    if (there.isEmpty()) {
      return Outcome.CHANGED_SINCE;
    }
    if (Objects.equals(now, wanted)) {
      return Outcome.STANDS;
    }
    if (!Objects.equals(now, conflict.versions().of(conflict.winner()))) {
      return Outcome.CHANGED_SINCE;
    }
    Map<Column, @Nullable Object> change = new HashMap<>();
    change.put(conflict.table().require(conflict.column()), wanted);
    central.update(conflict.central(), Collections.unmodifiableMap(change));
    mapped.askAgain(connection, conflict.table(), conflict.central().value());
    return Outcome.CHANGED;
  }

  @Override
  public void close() {
    database.close();
  }
}
