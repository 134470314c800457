package org.tributary.store.fleet;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.store.fleet.FleetBooks.Entry;
import org.tributary.store.fleet.FleetBooks.Missing;
import org.tributary.store.fleet.FleetGateway.Contact;
import org.tributary.store.fleet.FleetGateway.House;
import org.tributary.store.fleet.FleetGateway.PermitInForce;
import org.tributary.store.fleet.FleetGateway.Proof;
import org.tributary.store.fleet.FleetGateway.Unsent;
import org.tributary.wire.Backlog;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rule;
import org.tributary.wire.Window;

/**
 * All gateways that ever were in touch, and how they are. It only reads, and asks the same few
 * questions however many there are. One and the same should be asked again and again, and look
 * every minute: it remembers how much was left behind, and tells from that how long the rest will
 * take. Thread-safe.
 */
public final class Fleet {

  private static final int DAYS_OF_HABIT = 30;

  private static final Comparator<FleetGateway> WORST_FIRST =
      Comparator.comparing(FleetGateway::state)
          .thenComparing(gateway -> gateway.unsent().oldest().orElse(Instant.MAX))
          .thenComparing(gateway -> gateway.contact().last())
          .thenComparing(FleetGateway::name);

  private final Database database;
  private final Clock clock;
  private final Progress progress = new Progress();

  public Fleet(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Every gateway, those first that need somebody most; among them the oldest unsent data first.
   */
  public List<FleetGateway> gateways() throws StoreException {
    Instant now = clock.instant();
    Answers answers =
        database.read(connection -> Answers.of(connection, new FleetBooks(database.engine()), now));
    List<FleetGateway> all = new ArrayList<>();
    for (Entry entry : answers.gateways()) {
      all.add(gateway(entry, answers, now));
    }
    all.sort(WORST_FIRST);
    return all;
  }

  /** Notes how much is left behind, for who asks later how long the rest will take. */
  public void look() throws StoreException {
    Instant now = clock.instant();
    record Left(Map<Long, Missing> missing, Map<Long, Map<Lane, Position>> positions) {}
    Left left =
        database.read(
            connection -> {
              FleetBooks books = new FleetBooks(database.engine());
              return new Left(books.missing(connection), books.positions(connection));
            });
    left.positions()
        .forEach(
            (key, positions) ->
                unsent(
                    key,
                    left.missing().getOrDefault(key, Missing.NOTHING),
                    Backlog.of(Optional.ofNullable(positions.get(Lane.HISTORY))),
                    now));
  }

  private record Answers(
      List<Entry> gateways,
      Map<Long, List<House>> houses,
      Map<Long, Map<Lane, Position>> positions,
      Map<Long, Missing> missing,
      Map<Long, List<ClaimedDay>> days,
      Map<Long, Map<Long, Long>> present,
      Map<Long, Map<Rule, Long>> setAside,
      Map<Long, Map<LocalDate, Long>> setAsideDays,
      Map<Long, PermitInForce> permits) {

    static Answers of(Connection connection, FleetBooks books, Instant now) throws SQLException {
      Window week = Window.days(now.minus(Duration.ofDays(Week.DAYS - 1L)), Week.DAYS);
      Window month = Window.days(now.minus(Duration.ofDays(DAYS_OF_HABIT)), DAYS_OF_HABIT + 1);
      return new Answers(
          books.gateways(connection),
          books.houses(connection),
          books.positions(connection),
          books.missing(connection),
          books.days(connection, month),
          books.present(connection, week),
          books.setAside(connection),
          books.setAside(connection, week),
          books.permits(connection, now));
    }
  }

  private FleetGateway gateway(Entry entry, Answers answers, Instant now) throws StoreException {
    long key = entry.key();
    List<ClaimedDay> days = answers.days().getOrDefault(key, List.of());
    Map<Lane, Position> positions = answers.positions().getOrDefault(key, Map.of());
    Backlog backlog = Backlog.of(Optional.ofNullable(positions.get(Lane.HISTORY)));
    Map<Rule, Long> setAside = answers.setAside().getOrDefault(key, Map.of());
    Contact contact =
        new Contact(
            entry.first(),
            entry.last(),
            Habit.silentAfter(days),
            Duration.ofMillis(entry.offsetMillis()));
    Unsent unsent = unsent(key, answers.missing().getOrDefault(key, Missing.NOTHING), backlog, now);
    Proof proof =
        new Proof(
            entry.compared().isPresent()
                && unsent.rows() == 0
                && backlog.isEmpty()
                && setAside.isEmpty(),
            entry.compared(),
            Optional.ofNullable(positions.get(Lane.LIVE)).flatMap(Position::time));
    Verdict verdict =
        Verdict.of(
            new Verdict.Facts(
                entry.name(), entry.stopped(), contact, unsent, proof, backlog, setAside),
            now);
    Week week =
        new Week(
            days,
            answers.present().getOrDefault(key, Map.of()),
            answers.setAsideDays().getOrDefault(key, Map.of()),
            backlog,
            entry.first(),
            entry.last());
    return new FleetGateway(
        entry.name(),
        entry.hostname(),
        entry.version(),
        answers.houses().getOrDefault(key, List.of()),
        verdict.state(),
        verdict.reason(),
        contact,
        unsent,
        proof,
        setAside,
        week.upTo(now, Verdict.isSilent(contact, now)),
        Optional.ofNullable(answers.permits().get(key)));
  }

  private Unsent unsent(long key, Missing missing, Backlog backlog, Instant now) {
    Optional<Instant> open = missing.oldest();
    Optional<Instant> behind =
        backlog.spans().isEmpty() ? Optional.empty() : Optional.of(backlog.spans().get(0).from());
    Optional<Instant> oldest =
        open.isPresent() && behind.isPresent()
            ? Optional.of(open.get().isBefore(behind.get()) ? open.get() : behind.get())
            : open.or(() -> behind);
    boolean isCounted = isCounted(open, behind);
    double seconds =
        backlog.spans().stream()
            .mapToDouble(span -> Duration.between(span.from(), span.until()).toSeconds())
            .sum();
    // Stretches of time are got through as rows are; the two are never mixed.
    Optional<TimeLeft> timeLeft =
        isCounted
            ? progress.noted(key, (double) missing.rows(), now)
            : progress.noted(-1 - key, seconds, now);
    return new Unsent(missing.rows(), !isCounted, oldest, timeLeft);
  }

  /**
   * Whether the gateway has told how much it has of all that it left behind: it does so newest
   * first, and sends the oldest last.
   */
  private static boolean isCounted(Optional<Instant> missing, Optional<Instant> behind) {
    return behind.isEmpty() || (missing.isPresent() && !missing.get().isAfter(behind.get()));
  }
}
