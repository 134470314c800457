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
import org.tributary.wire.Greeting;
import org.tributary.wire.Lane;
import org.tributary.wire.NameHolder;
import org.tributary.wire.Outline;
import org.tributary.wire.Position;
import org.tributary.wire.RestoreCount;
import org.tributary.wire.RestoreOutlook;
import org.tributary.wire.RestoreRequest;
import org.tributary.wire.RestoreTerms;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Unreadable;
import org.tributary.wire.Window;

/**
 * Gives a gateway back what central has of it, and nothing of anybody else's. Each answer needs a
 * permission that holds, and is written down with it. Gives, and changes no row. Thread-safe.
 */
public final class Restoring {

  // So much is read for one answer about how much there is.
  private static final int COUNTED_AT_ONCE = 200_000;
  private static final int LOST_AT_ONCE = 5_000;

  private final Database database;
  private final Ingest.Limits limits;
  private final RestoreDoor door;
  private final Permits permits;
  private final GreetingTrial trial;
  private final MappingJournal journal;
  private final StandingRows standing;
  private final CentralDigests digests;

  public Restoring(Database database, Clock clock, Ingest.Limits limits) {
    this.database = database;
    this.limits = limits;
    this.door = new RestoreDoor(database, clock);
    this.permits = door.permits();
    this.trial = new GreetingTrial(database, clock);
    this.journal = new MappingJournal(database.engine(), clock);
    this.standing = new StandingRows(database.engine());
    this.digests = new CentralDigests(database.engine());
  }

  /** Who asks: a gateway, and the machine that goes by its name, or means to. */
  public record Asking(GatewayId gateway, String machine) {}

  /**
   * Says what would come back if this machine greeted and began. Whoever goes by the name goes on,
   * and the permission is still for whoever uses it first.
   *
   * @throws NotPermittedException if it would be refused, with what it would be told
   */
  public RestoreOutlook look(Asking asking, Greeting greeting)
      throws StoreException, NotPermittedException {
    if (!asking.equals(new Asking(greeting.gateway(), greeting.machine()))) {
      throw new NotPermittedException("The greeting is another's than the question");
    }
    Optional<NameHolder> holder;
    try {
      holder = trial.of(greeting);
    } catch (RefusedGatewayException e) {
      throw new NotPermittedException(String.valueOf(e.getMessage()));
    }
    return door.told(
        asking,
        (connection, gateway, permit) -> {
          GatewayRows rows = rows(connection, gateway);
          Map<String, Map<Long, Long>> outline = new HashMap<>();
          Map<String, List<Unreadable>> lost = new HashMap<>();
          for (Table table : Tables.ALL) {
            if (!table.isSeries()) {
              outline.put(table.name(), Outline.of(rows.metadata().rows(table)));
              lost.put(table.name(), rows.metadata().apart(table));
            }
          }
          return new RestoreOutlook(terms(permit, rows), holder, new Outline(outline), lost);
        });
  }

  /** How many rows would come back, or of the first of them; nothing is given. */
  public RestoreCount count(Asking asking, RestoreRequest request)
      throws StoreException, NotPermittedException {
    return door.told(
        asking,
        (connection, gateway, permit) -> {
          GatewayRows all = rows(connection, gateway);
          if (request.window().isEmpty()) {
            return new RestoreCount(
                all.metadata().rows(request.table()).size(),
                all.metadata().apart(request.table()),
                Optional.empty());
          }
          Window window = covered(gateway, permit, request.window().get());
          Optional<Position> cursor = request.after();
          List<Unreadable> lost = new ArrayList<>();
          long count = 0;
          do {
            GatewayRows.Part part =
                all.page(request.table(), window, cursor, GatewayRows.READ_AT_ONCE);
            count += part.rows().size();
            lost.addAll(part.apart());
            cursor = part.cursor();
          } while (cursor.isPresent() && count < COUNTED_AT_ONCE && lost.size() < LOST_AT_ONCE);
          return new RestoreCount(count, lost, cursor);
        });
  }

  /** Says what there is, and notes that it is begun. */
  public RestoreTerms begin(Asking asking) throws StoreException, NotPermittedException {
    return door.answered(
        asking,
        (connection, gateway, permit) -> terms(permit, rows(connection, gateway)),
        (connection, permit, terms) -> permits.begin(connection, permit));
  }

  private static RestoreTerms terms(Permit permit, GatewayRows rows) throws SQLException {
    GatewayDays stretches = rows.days();
    Map<String, List<Window>> series = new HashMap<>();
    for (Table table : Tables.ALL) {
      List<Window> days = table.isSeries() ? stretches.of(table) : List.of();
      if (!days.isEmpty()) {
        series.put(table.name(), days);
      }
    }
    return new RestoreTerms(
        permit.expires(), permit.from(), permit.before(), series, stretches.lost(), rows.shared());
  }

  /** Rows as the gateway had them; with {@code upTo} if more of the same follow. */
  public Batch rows(Asking asking, RestoreRequest request)
      throws StoreException, NotPermittedException {
    return door.answered(
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
    return door.answered(
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
    door.answered(
        asking,
        (connection, gateway, permit) -> true,
        (connection, permit, done) -> permits.finish(connection, permit));
  }

  private GatewayRows rows(Connection connection, Gateway gateway) throws SQLException {
    return new GatewayRows(connection, database.engine(), gateway, journal, standing, digests);
  }
}
