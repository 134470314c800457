package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.wire.Batch;
import org.tributary.wire.Claims;
import org.tributary.wire.Difference;
import org.tributary.wire.Digest;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Grain;
import org.tributary.wire.Lane;
import org.tributary.wire.RestoreRequest;
import org.tributary.wire.RestoreTerms;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Window;

/**
 * Gives a gateway back what central has of it, and nothing of anybody else's. Each answer needs a
 * permission that holds, and is written down with it. Gives, and changes no row. Thread-safe.
 */
public final class Restoring {

  private final Database database;
  private final Ingest.Limits limits;
  private final Clock clock;
  private final Gateways gateways;
  private final NameHolders holders;
  private final Permits permits;
  private final MappingJournal journal;
  private final StandingRows standing;
  private final CentralDigests digests;

  public Restoring(Database database, Clock clock, Ingest.Limits limits) {
    this.database = database;
    this.limits = limits;
    this.clock = clock;
    this.gateways = new Gateways(database.engine(), clock);
    this.holders = new NameHolders(database.engine(), clock);
    this.permits = new Permits(database.engine(), clock);
    this.journal = new MappingJournal(database.engine(), clock);
    this.standing = new StandingRows(database.engine());
    this.digests = new CentralDigests(database.engine());
  }

  /** Who asks: a gateway, and the machine that goes by its name. */
  public record Asking(GatewayId gateway, String machine) {}

  /** Says what there is, and notes that it is begun. */
  public RestoreTerms begin(Asking asking) throws StoreException, NotPermittedException {
    return answered(
        asking,
        (connection, gateway, permit) -> {
          GatewayRows rows = rows(connection, gateway);
          GatewayDays stretches = rows.days();
          Map<String, List<Window>> series = new HashMap<>();
          for (Table table : Tables.ALL) {
            List<Window> days = table.isSeries() ? stretches.of(table) : List.of();
            if (!days.isEmpty()) {
              series.put(table.name(), days);
            }
          }
          return new RestoreTerms(
              permit.expires(),
              permit.from(),
              permit.before(),
              series,
              stretches.lost(),
              rows.shared());
        },
        (connection, permit, terms) -> permits.begin(connection, permit));
  }

  /** Rows as the gateway had them; with {@code upTo} if more of the same follow. */
  public Batch rows(Asking asking, RestoreRequest request)
      throws StoreException, NotPermittedException {
    return answered(
        asking,
        (connection, gateway, permit) -> batch(connection, gateway, permit, request),
        (connection, permit, batch) -> permits.gave(connection, permit, batch.rows().size()));
  }

  private Batch batch(Connection connection, Gateway gateway, Permit permit, RestoreRequest request)
      throws SQLException, NotPermittedException {
    GatewayRows all = rows(connection, gateway);
    Table table = request.table();
    if (request.window().isEmpty()) {
      GatewayMetadata metadata = all.metadata();
      return new Batch(
          table,
          Lane.LIVE,
          Optional.empty(),
          Optional.empty(),
          metadata.rows(table),
          metadata.apart(table));
    }
    Window window = covered(gateway, permit, request.window().get());
    int atMost = Math.min(request.maxRows(), limits.maxRows());
    GatewayRows.Part part = all.page(table, window, request.after(), atMost);
    return new Batch(table, Lane.LIVE, request.after(), part.cursor(), part.rows(), part.apart());
  }

  private static Window covered(Gateway gateway, Permit permit, Window window)
      throws NotPermittedException {
    if (!permit.covers(window)) {
      throw NotPermittedException.of(gateway.id(), "The permission is not about " + window);
    }
    return window;
  }

  /** Which windows are not at the gateway as they were. */
  public List<Difference> differences(Asking asking, Claims claims)
      throws StoreException, NotPermittedException {
    return answered(
        asking,
        (connection, gateway, permit) -> {
          Set<Window> days = new TreeSet<>();
          for (Window about : claims.about()) {
            days.add(covered(gateway, permit, new Window(null, about.hour(), about.hours())));
          }
          Map<Window, Digest> there = new HashMap<>();
          claims
              .claims()
              .forEach(claim -> there.merge(claim.window(), claim.digest(), Digest::plus));
          Map<Window, Digest> here =
              rows(connection, gateway)
                  .digests(claims.table(), claims.columns(), grain(claims), List.copyOf(days));
          Set<Window> all = new TreeSet<>(there.keySet());
          all.addAll(here.keySet());
          List<Difference> differences = new ArrayList<>();
          for (Window each : all) {
            Digest present = here.getOrDefault(each, Digest.NONE);
            if (!present.equals(there.getOrDefault(each, Digest.NONE))) {
              differences.add(new Difference(each, present.rows()));
            }
          }
          return differences;
        },
        (connection, permit, found) -> permits.gave(connection, permit, 0));
  }

  private static Grain grain(Claims claims) {
    return claims.grain() == Grain.WHOLE ? Grain.WHOLE : Grain.NODE;
  }

  /** The gateway has all of it. */
  public void end(Asking asking) throws StoreException, NotPermittedException {
    answered(
        asking,
        (connection, gateway, permit) -> true,
        (connection, permit, done) -> permits.finish(connection, permit));
  }

  private GatewayRows rows(Connection connection, Gateway gateway) throws SQLException {
    return new GatewayRows(connection, database.engine(), gateway, journal, standing, digests);
  }

  private interface Question<T> {
    T answer(Connection connection, Gateway gateway, Permit permit)
        throws SQLException, NotPermittedException;
  }

  private interface Note<T> {
    void write(Connection connection, Permit permit, T answer) throws SQLException;
  }

  /** An answer, or why there is none. */
  private record Outcome<T>(Optional<T> answer, Optional<NotPermittedException> refusal) {
    static <T> Outcome<T> of(T answer) {
      return new Outcome<>(Optional.of(answer), Optional.empty());
    }

    static <T> Outcome<T> not(NotPermittedException why) {
      return new Outcome<>(Optional.empty(), Optional.of(why));
    }

    T get() throws NotPermittedException {
      if (refusal.isPresent()) {
        throw refusal.get();
      }
      return answer.orElseThrow();
    }
  }

  /** Nothing is given before it is written down, and not if the permission has gone meanwhile. */
  private <T> T answered(Asking asking, Question<T> question, Note<T> note)
      throws StoreException, NotPermittedException {
    T answer = database.<Outcome<T>>read(connection -> asked(connection, asking, question)).get();
    return database
        .<Outcome<T>>write(
            connection ->
                asked(
                    connection,
                    asking,
                    (same, gateway, permit) -> {
                      if (permit.machine().isEmpty()) {
                        permits.bind(same, permit, asking.machine(), hostname(same, gateway));
                      }
                      note.write(same, permit, answer);
                      return answer;
                    }))
        .get();
  }

  private <T> Outcome<T> asked(Connection connection, Asking asking, Question<T> question)
      throws SQLException {
    try {
      Gateway gateway =
          gateways
              .find(connection, asking.gateway())
              .orElseThrow(
                  () ->
                      new NotPermittedException(
                          "Central has never heard of gateway \"%s\": set gateway = OLDNAME in [general];"
                                  .formatted(asking.gateway())
                              + " tributary gateway list shows names at central"));
      return Outcome.of(question.answer(connection, gateway, permit(connection, gateway, asking)));
    } catch (NotPermittedException e) {
      return Outcome.not(e);
    }
  }

  private Permit permit(Connection connection, Gateway gateway, Asking asking)
      throws SQLException, NotPermittedException {
    Optional<Permit> newest = permits.newest(connection, gateway);
    if (newest.isEmpty()) {
      throw NotPermittedException.of(
          gateway.id(), "Central gives no rows back without a permission");
    }
    Permit permit = newest.get();
    if (permit.revoked().isPresent()) {
      throw NotPermittedException.of(gateway.id(), "The permission was taken back");
    }
    if (!permit.isInForce(clock.instant())) {
      throw NotPermittedException.of(gateway.id(), "The permission ended at " + permit.expires());
    }
    if (!permit.isFor(asking.machine())) {
      throw NotPermittedException.of(
          gateway.id(), "The permission is another machine's, which has used it");
    }
    if (!holders.isHeldBy(connection, gateway, asking.machine())) {
      throw new NotPermittedException("Gateway \"%s\" has to greet first".formatted(gateway.id()));
    }
    return permit;
  }

  private String hostname(Connection connection, Gateway gateway) throws SQLException {
    return gateways.all(connection, clock.instant()).stream()
        .filter(each -> each.gateway().equals(gateway.id()))
        .findFirst()
        .orElseThrow()
        .hostname();
  }
}
