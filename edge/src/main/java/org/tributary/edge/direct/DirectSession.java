package org.tributary.edge.direct;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tributary.store.StoreException;
import org.tributary.store.direct.Fit;
import org.tributary.store.direct.RemoteDatabase;
import org.tributary.store.direct.UnfitException;
import org.tributary.store.ingest.CarriedRows;
import org.tributary.store.ingest.Ingest;
import org.tributary.store.ingest.KnownNodes;
import org.tributary.store.ingest.MetadataExchange;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Rule;

/**
 * One way to a database, one connection over it, and the ingest that works there. Closed in that
 * order's reverse. Thread-safe.
 */
final class DirectSession implements AutoCloseable {

  /** Nothing is encoded on this way, so the number of rows alone bounds a batch. */
  static final Ingest.Limits LIMITS = new Ingest.Limits(100_000, Integer.MAX_VALUE);

  private static final Duration PAUSE = Duration.ofHours(1);

  private final Reach.Way way;
  private final RemoteDatabase remote;
  private final Ingest ingest;
  private final KnownNodes knownNodes;
  private final CarriedRows carried;
  private Optional<Instant> triedAgain = Optional.empty();
  private final MetadataExchange exchange;

  private DirectSession(Reach.Way way, RemoteDatabase remote, CarriedRows carried, Clock clock) {
    this.way = way;
    this.remote = remote;
    this.carried = carried;
    this.ingest = Ingest.direct(remote.database(), clock, LIMITS);
    this.knownNodes = new KnownNodes(remote.database(), clock);
    this.exchange = MetadataExchange.direct(remote.database(), clock);
  }

  /** What is needed to begin one. */
  record Terms(Reach reach, boolean createTables, GatewayId gateway, Clock clock) {}

  /**
   * Opens the way, signs in and sees to it that there are books.
   *
   * @param memory of books that went with their connection
   * @param changing whether tables may be made now; if not, and they are wanted and missing, there
   *     are no books
   */
  static DirectSession open(Terms terms, Remembrance memory, boolean changing)
      throws IOException, NoWayException, UnfitException {
    Reach.Way way = terms.reach().open();
    RemoteDatabase remote = null;
    boolean opened = false;
    try {
      remote = RemoteDatabase.open(way.known(), way.url());
      if (!remote.keepsBooks()) {
        if (!terms.createTables()) {
          remote.lendBooks(
              terms.gateway(), memory.recalled(), terms.clock().instant().plus(Rule.AHEAD_TRUSTED));
        } else if (changing) {
          remote.createBooks();
        }
      }
      CarriedRows carried =
          terms.createTables() || remote.keepsBooks() ? memory.none(remote) : memory.fill(remote);
      DirectSession session = new DirectSession(way, remote, carried, terms.clock());
      opened = true;
      return session;
    } catch (StoreException e) {
      throw new Blame(way).of(e);
    } finally {
      if (!opened) {
        if (remote != null) {
          remote.close();
        }
        way.close();
      }
    }
  }

  Ingest ingest() {
    return ingest;
  }

  /** What has been set aside, where the books go with the connection. */
  CarriedRows carried() {
    return carried;
  }

  /**
   * Whether rows set aside should be tried again: at first, and then once an hour. If so, that is
   * taken to be done.
   */
  boolean isToTryAgain(Instant now) {
    boolean is = triedAgain.map(last -> !now.isBefore(last.plus(PAUSE))).orElse(true);
    if (is) {
      triedAgain = Optional.of(now);
    }
    return is;
  }

  /** The other way of metadata, from there to here. */
  MetadataExchange exchange() {
    return exchange;
  }

  /** Whose nodes are there besides. */
  KnownNodes knownNodes() {
    return knownNodes;
  }

  /** What travels, as it fits there. */
  Fitted fitted() {
    return new Fitted(remote.fit());
  }

  Fit fit() {
    return remote.fit();
  }

  RemoteDatabase remote() {
    return remote;
  }

  /** Whether its books are the database's own. */
  boolean keepsBooks() {
    return remote.keepsBooks();
  }

  /** Whose failure it is if something fails in it. */
  Blame blame() {
    return new Blame(way);
  }

  boolean isOpen() {
    return way.isOpen();
  }

  @Override
  public void close() {
    remote.close();
    way.close();
  }

  /** Closes the way at once: whoever waits for an answer over it is told that it is gone. */
  void cut() {
    way.close();
  }
}
