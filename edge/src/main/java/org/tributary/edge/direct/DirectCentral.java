package org.tributary.edge.direct;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.store.StoreException;
import org.tributary.store.direct.UnfitException;
import org.tributary.store.ingest.RefusedGatewayException;
import org.tributary.store.ingest.SetAsideFilter;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Claims;
import org.tributary.wire.Difference;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Greeting;
import org.tributary.wire.Holdings;
import org.tributary.wire.Lane;
import org.tributary.wire.MetadataChange;
import org.tributary.wire.Part;
import org.tributary.wire.Plan;
import org.tributary.wire.Position;
import org.tributary.wire.Proposal;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.SetAsideRow;
import org.tributary.wire.Sketches;
import org.tributary.wire.SyncApi;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Welcome;

/**
 * A remote database as the central of one gateway: the very ingest that a central of ours runs,
 * over one connection that is kept from a greeting on. After any failure the connection and the way
 * to it are given up; the next greeting opens both anew, and finds out what has been stored.
 *
 * <p>Thread-safe: one call works at a time, the others wait.
 */
public final class DirectCentral implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DirectCentral.class);
  private static final String LOST = "The connection was lost; the next push opens another";
  private static final int MOST_SET_ASIDE = 20;
  private static final long SECONDS_TO_END = 5;

  private final String name;
  private final DirectSession.Terms terms;
  private final Remembrance memory;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Caveats caveats;
  private volatile @Nullable DirectSession session;
  private boolean greeted;
  private boolean lost;

  /**
   * @param name of the remote, for the log
   * @param createTables whether our tables may be made in that database
   * @param owner which database and which gateway this is, for the file
   * @param files what is remembered where that database has no tables of ours
   */
  public DirectCentral(
      String name,
      Reach reach,
      boolean createTables,
      GatewayId gateway,
      String owner,
      DirectFiles files,
      Clock clock) {
    this.name = name;
    this.caveats = new Caveats(name);
    this.terms = new DirectSession.Terms(reach, createTables, gateway, clock);
    this.memory = new Remembrance(files, owner, gateway, clock);
  }

  private interface Work<T> {
    T in(DirectSession session) throws IOException, RefusedGatewayException, UnfitException;
  }

  /** Says who we are; a connection is opened if there is none. */
  public Welcome greet(Greeting greeting)
      throws IOException, NoWayException, UnfitException, RefusedGatewayException {
    if (greeting.protocol() < SyncApi.OLDEST_PROTOCOL) {
      throw new UnfitException("This gateway's program is too old for what it asks: upgrade it");
    }
    lock.lock();
    try {
      DirectSession open = session;
      if (open != null && !open.isOpen()) {
        giveUp();
      }
      return in(
          begun(true),
          its -> {
            Welcome welcome =
                its.ingest().greet(its.fitted().greeting(greeting), greeting.version());
            greeted = true;
            lost = false;
            memory.greeted(its);
            return its.fitted().welcome(greeting, welcome);
          });
    } finally {
      lock.unlock();
    }
  }

  /** Where a table begins: by the rows that are there, where nobody has noted it. */
  public Optional<Position> resume(Welcome welcome, Table table, Lane lane)
      throws IOException, RefusedGatewayException, UnfitException {
    Optional<Position> said = welcome.position(table, lane);
    if (said.isPresent() || lane != Lane.LIVE || !table.isSeries()) {
      return said;
    }
    return inTurn(
        its ->
            its.keepsBooks()
                ? said
                : its.remote()
                    .positionFromRows(
                        terms.gateway(), table, terms.clock().instant().plus(Rule.AHEAD_TRUSTED)));
  }

  /** Stores a batch. */
  public Ack send(Batch batch) throws IOException, RefusedGatewayException, UnfitException {
    return inTurn(
        its -> {
          Optional<String> refusal = its.fit().refusal(batch.table());
          if (refusal.isPresent()) {
            throw new UnfitException(refusal.get());
          }
          if (batch.table().isSeries()) {
            memory.save(its.remote());
          } else {
            memory.changed();
          }
          if (batch.table().equals(Tables.NODE)) {
            its.knownNodes().look();
          }
          Ack ack = its.ingest().accept(terms.gateway(), its.fitted().batch(batch));
          memory.note(its);
          return ack;
        });
  }

  /** Which windows are not the same there. */
  public List<Difference> differences(Claims claims)
      throws IOException, RefusedGatewayException, UnfitException {
    return asked(
        its ->
            its.fit().isComparable(claims.table())
                ? its.ingest().differences(terms.gateway(), claims)
                : List.of(),
        List.of());
  }

  /** Which buckets of windows are not the same there. */
  public List<Part> parts(Sketches sketches)
      throws IOException, RefusedGatewayException, UnfitException {
    return asked(its -> its.ingest().parts(terms.gateway(), sketches), List.of());
  }

  /** What was done to metadata there that this gateway does not have yet. */
  public List<MetadataChange> changes(Holdings holdings)
      throws IOException, RefusedGatewayException, UnfitException {
    return inTurn(its -> its.exchange().changes(terms.gateway(), holdings));
  }

  /** What is known of this gateway; changes nothing. */
  public Optional<GatewayStatus> status()
      throws IOException, NoWayException, UnfitException, RefusedGatewayException {
    lock.lock();
    try {
      return in(
          begun(false),
          its -> hasBooks(its) ? its.ingest().gateway(terms.gateway()) : Optional.empty());
    } finally {
      lock.unlock();
    }
  }

  /** The first rows that are set aside. */
  public List<SetAside> setAside() throws IOException, RefusedGatewayException, UnfitException {
    return asked(
        its ->
            its
                .ingest()
                .setAside(terms.gateway(), SetAsideFilter.ALL, 0, MOST_SET_ASIDE)
                .orElse(List.of())
                .stream()
                .map(SetAsideRow::what)
                .toList(),
        List.of());
  }

  /**
   * What would become of tables that travel whole. Changes nothing: where there are no books yet,
   * some are lent that go with the connection.
   */
  public Plan plan(Proposal proposal)
      throws IOException, NoWayException, UnfitException, RefusedGatewayException {
    lock.lock();
    try {
      DirectSession open = begun(false);
      boolean lent = !hasBooks(open);
      try {
        return in(
            open,
            its -> {
              if (lent) {
                its.remote()
                    .lendBooks(
                        terms.gateway(),
                        List.of(),
                        terms.clock().instant().plus(Rule.AHEAD_TRUSTED));
              }
              return its.ingest()
                  .plan(its.fitted().proposal(proposal), Optional.of(its.knownNodes()));
            });
      } finally {
        if (lent) {
          giveUp();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether the remote remembers what is left behind, whatever becomes of the connection. */
  public boolean keepsBooks() {
    DirectSession open = session;
    return open == null ? terms.createTables() : open.keepsBooks();
  }

  /** What can't be promised of this remote, as far as it has been looked at. */
  public List<String> caveats() {
    return caveats.words();
  }

  /** The session; one is opened if there is none. */
  private DirectSession begun(boolean changing) throws IOException, NoWayException, UnfitException {
    DirectSession open = session;
    if (open == null) {
      open = DirectSession.open(terms, memory, changing);
      session = open;
      greeted = false;
      caveats.say(open, open.keepsBooks() || terms.createTables());
    } else if (changing && !hasBooks(open)) {
      open.remote().createBooks();
    }
    return open;
  }

  private boolean hasBooks(DirectSession its) {
    return its.keepsBooks() || !terms.createTables();
  }

  private <T> T inTurn(Work<T> work) throws IOException, RefusedGatewayException, UnfitException {
    lock.lock();
    try {
      DirectSession open = session;
      if (lost) {
        throw new IOException(LOST);
      }
      if (open == null || !greeted) {
        throw new UnfitException("Gateway \"%s\" has to greet first".formatted(terms.gateway()));
      }
      return in(open, work);
    } finally {
      lock.unlock();
    }
  }

  /** For questions, which may be asked without a greeting. */
  private <T> T asked(Work<T> work, T otherwise)
      throws IOException, RefusedGatewayException, UnfitException {
    lock.lock();
    try {
      DirectSession open = session;
      if (open == null) {
        throw new IOException(LOST);
      }
      return hasBooks(open) ? in(open, work) : otherwise;
    } finally {
      lock.unlock();
    }
  }

  private <T> T in(DirectSession open, Work<T> work)
      throws IOException, RefusedGatewayException, UnfitException {
    boolean sound = false;
    try {
      T result = work.in(open);
      sound = true;
      return result;
    } catch (RefusedGatewayException | UnfitException e) {
      sound = true;
      throw e;
    } catch (StoreException e) {
      sound = open.blame().leavesAll(e);
      throw open.blame().of(e);
    } finally {
      if (!sound) {
        giveUp();
      }
    }
  }

  private void giveUp() {
    DirectSession open = session;
    session = null;
    lost = true;
    if (open != null) {
      open.close();
    }
  }

  /** Closes the connection, then the way. What is being stored may end; not for long. */
  @Override
  public void close() {
    boolean isFree = false;
    try {
      isFree = lock.tryLock(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    DirectSession open = session;
    if (!isFree) {
      if (open != null) {
        open.cut();
      }
      return;
    }
    try {
      if (open != null && greeted) {
        memory.save(open.remote());
      }
    } catch (IOException e) {
      log.debug("{}: what was matched is not remembered, and is matched anew", name, e);
    } finally {
      giveUp();
      lock.unlock();
    }
  }
}
