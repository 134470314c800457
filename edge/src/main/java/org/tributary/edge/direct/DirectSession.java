package org.tributary.edge.direct;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.tributary.store.direct.Fit;
import org.tributary.store.direct.RemoteDatabase;
import org.tributary.store.direct.UnfitException;
import org.tributary.store.ingest.Ingest;
import org.tributary.store.ingest.KnownNodes;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Rule;

/**
 * One way to a database, one connection over it, and the ingest that works there. Closed in that
 * order's reverse. Thread-safe.
 */
final class DirectSession implements AutoCloseable {

  /** Nothing is encoded on this way, so the number of rows alone bounds a batch. */
  static final Ingest.Limits LIMITS = new Ingest.Limits(100_000, Integer.MAX_VALUE);

  private final Reach.Way way;
  private final RemoteDatabase remote;
  private final Ingest ingest;
  private final KnownNodes knownNodes;

  private DirectSession(Reach.Way way, RemoteDatabase remote, Clock clock) {
    this.way = way;
    this.remote = remote;
    this.ingest = new Ingest(remote.database(), clock, LIMITS);
    this.knownNodes = new KnownNodes(remote.database(), clock);
  }

  /** What is needed to begin one. */
  record Terms(Reach reach, boolean createTables, GatewayId gateway, Clock clock) {}

  /**
   * Opens the way, signs in and sees to it that there are books.
   *
   * @param remembered of books that went with their connection
   * @param changing whether tables may be made now; if not, and they are wanted and missing, there
   *     are no books
   */
  static DirectSession open(Terms terms, List<String> remembered, boolean changing)
      throws IOException, NoWayException, UnfitException {
    Reach.Way way = terms.reach().open();
    RemoteDatabase remote = null;
    boolean opened = false;
    try {
      remote = RemoteDatabase.open(way.known(), way.url());
      if (!remote.keepsBooks()) {
        if (!terms.createTables()) {
          remote.lendBooks(
              terms.gateway(), remembered, terms.clock().instant().plus(Rule.AHEAD_TRUSTED));
        } else if (changing) {
          remote.createBooks();
        }
      }
      DirectSession session = new DirectSession(way, remote, terms.clock());
      opened = true;
      return session;
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
