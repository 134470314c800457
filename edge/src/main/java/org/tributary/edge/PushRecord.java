package org.tributary.edge;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.wire.Ack;
import org.tributary.wire.Backlog;
import org.tributary.wire.Batch;
import org.tributary.wire.Position;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Welcome;
import org.tributary.wire.WireFormatException;

/**
 * What one remote had when it was last pushed to, in a small file for people and for {@code
 * status}. A cache: it may be deleted at any time. Written whole to a file beside it and moved into
 * place, so that a power cut leaves the old one or the new one.
 *
 * <p>Thread-safe.
 */
final class PushRecord implements PushListener, Memory {

  private static final Logger log = LoggerFactory.getLogger(PushRecord.class);

  private static final String LAST_CONTACT = "lastContact";
  private static final String LAST_SAMPLE = "lastSample"; // for people: a position says it too
  private static final String POSITION = "position.";
  private static final String BACKLOG = "backlog.";
  private static final String SWEEP = "sweep.";
  private static final String SET_ASIDE = "setAside";
  private static final String PROBLEM = "problem";
  private static final String REFUSED = "refused";
  private static final String RATES = "rates";

  /**
   * What the file says.
   *
   * @param lastContact when central last answered
   * @param positions how far each table's live lane had come by then, by the table's name
   * @param backlog what each live lane has left behind, by the table's name; nothing is left out
   * @param setAside how many rows of this gateway central kept apart by then
   * @param problem why the last push failed, if it did
   * @param refused whether it failed because central said no, so that the next will fail too
   * @param rates how fast the last pushes were
   */
  record Content(
      Optional<Instant> lastContact,
      Map<String, Position> positions,
      Map<String, Position> backlog,
      long setAside,
      Optional<String> problem,
      boolean refused,
      Rates rates) {

    static final Content NONE =
        new Content(Optional.empty(), Map.of(), Map.of(), 0, Optional.empty(), false, Rates.NONE);

    Content {
      positions = Map.copyOf(positions);
      backlog = Map.copyOf(backlog);
    }

    /** The time of the newest reading that central has taken. */
    Optional<Instant> lastSample() {
      Position reached = positions.get(Tables.READING.name());
      return reached != null && reached.key().get(0) instanceof Instant time
          ? Optional.of(time)
          : Optional.empty();
    }

    Content after(Optional<String> newProblem, boolean isRefused) {
      return new Content(lastContact, positions, backlog, setAside, newProblem, isRefused, rates);
    }

    Content with(Rates newRates) {
      return new Content(lastContact, positions, backlog, setAside, problem, refused, newRates);
    }
  }

  private final Path file;
  private final Clock clock;
  private final Map<String, Sweep.Place> sweeps;
  private Content content;
  private long rowsSent;
  private long rowsBefore;
  private @Nullable Instant began;
  private boolean complained;

  PushRecord(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
    Properties saved = load(file);
    this.content = content(saved);
    this.sweeps = sweeps(saved);
  }

  /** What stands in the file; nothing if it is missing or damaged. */
  private static Properties load(Path file) {
    Properties saved = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      saved.load(reader);
      return saved;
    } catch (IOException | IllegalArgumentException e) {
      return new Properties();
    }
  }

  private static Map<String, Sweep.Place> sweeps(Properties saved) {
    Map<String, Sweep.Place> places = new HashMap<>();
    try {
      for (Table table : Tables.ALL) {
        String place = saved.getProperty(SWEEP + table);
        if (place != null) {
          places.put(table.name(), Sweep.Place.parse(place));
        }
      }
      return places;
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return new HashMap<>();
    }
  }

  @Override
  public synchronized Optional<Position> reached(Table table) {
    return Optional.ofNullable(content.positions().get(table.name()));
  }

  @Override
  public synchronized Optional<Sweep.Place> swept(Table table) {
    return Optional.ofNullable(sweeps.get(table.name()));
  }

  @Override
  public synchronized void swept(Table table, Sweep.Place place) {
    sweeps.put(table.name(), place); // written with the rest when the push ends
  }

  /** What the file says; nothing if it is missing or damaged. */
  static Content read(Path file) {
    return content(load(file));
  }

  private static Content content(Properties saved) {
    try {
      Map<String, Position> backlog = positions(saved, BACKLOG);
      for (Position left : backlog.values()) {
        Backlog.read(Optional.of(left)); // or the file is damaged
      }
      return new Content(
          Optional.ofNullable(saved.getProperty(LAST_CONTACT)).map(Instant::parse),
          positions(saved, POSITION),
          backlog,
          Long.parseLong(saved.getProperty(SET_ASIDE, "0")),
          Optional.ofNullable(saved.getProperty(PROBLEM)),
          Boolean.parseBoolean(saved.getProperty(REFUSED)),
          Rates.parse(saved.getProperty(RATES, "")));
    } catch (WireFormatException | IllegalArgumentException | DateTimeParseException e) {
      return Content.NONE;
    }
  }

  private static Map<String, Position> positions(Properties saved, String prefix)
      throws WireFormatException {
    Map<String, Position> positions = new HashMap<>();
    for (Table table : Tables.ALL) {
      String position = saved.getProperty(prefix + table);
      if (position != null) {
        positions.put(table.name(), SyncJson.readPosition(position));
      }
    }
    return positions;
  }

  /** Rows that have been answered since this record was opened. */
  synchronized long rowsSent() {
    return rowsSent;
  }

  synchronized Content content() {
    return content;
  }

  @Override
  public synchronized void welcomed(Welcome welcome) {
    content =
        new Content(
            Optional.of(clock.instant()),
            welcome.positions(),
            welcome.history(),
            welcome.setAside(),
            Optional.empty(),
            false,
            content.rates());
    began = clock.instant();
    rowsBefore = rowsSent;
  }

  @Override
  public synchronized void answered(Batch batch, Ack ack) {
    rowsSent += batch.size();
    Map<String, Position> positions = new HashMap<>(content.positions());
    Map<String, Position> backlog = new HashMap<>(content.backlog());
    String table = batch.table().name();
    switch (batch.lane()) {
      case LIVE -> ack.position().ifPresent(reached -> positions.put(table, reached));
      case HISTORY ->
          ack.position()
              .ifPresentOrElse(left -> backlog.put(table, left), () -> backlog.remove(table));
      case UNTRUSTED -> {}
    }
    content =
        new Content(
            Optional.of(clock.instant()),
            positions,
            backlog,
            content.setAside(),
            Optional.empty(),
            false,
            content.rates());
  }

  /** A push went through. */
  synchronized void pushed(PushResult result) {
    boolean refused = !result.refused().isEmpty();
    content =
        new Content(
            content.lastContact(),
            content.positions(),
            content.backlog(),
            result.setAside(),
            refused ? Optional.of(String.join("; ", result.refused())) : Optional.empty(),
            refused,
            content.rates());
    ended();
  }

  /** A push broke off. */
  synchronized void failed(Exception failure) {
    content =
        content.after(
            Optional.of(String.valueOf(failure.getMessage())), failure instanceof RefusedException);
    ended();
  }

  /** Learns how fast it was, and writes everything down. */
  private void ended() {
    if (began != null) {
      Duration took = Duration.between(began, content.lastContact().orElse(began));
      content = content.with(content.rates().and(rowsSent - rowsBefore, took));
      began = null;
    }
    write();
  }

  private void write() {
    Properties fields = new Properties();
    content.lastContact().ifPresent(time -> fields.setProperty(LAST_CONTACT, time.toString()));
    content.lastSample().ifPresent(time -> fields.setProperty(LAST_SAMPLE, time.toString()));
    content
        .positions()
        .forEach(
            (table, position) ->
                fields.setProperty(POSITION + table, SyncJson.writePosition(position)));
    content
        .backlog()
        .forEach(
            (table, left) -> fields.setProperty(BACKLOG + table, SyncJson.writePosition(left)));
    sweeps.forEach((table, place) -> fields.setProperty(SWEEP + table, place.written()));
    fields.setProperty(SET_ASIDE, Long.toString(content.setAside()));
    content.problem().ifPresent(problem -> fields.setProperty(PROBLEM, problem));
    fields.setProperty(REFUSED, Boolean.toString(content.refused()));
    fields.setProperty(RATES, content.rates().written());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      try (Writer writer = Files.newBufferedWriter(fresh)) {
        fields.store(writer, "The last push. Made anew by the next; may be deleted.");
      }
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      complained = false;
    } catch (IOException e) {
      if (!complained) {
        // Only people miss it; a full disk must not stop a push.
        log.warn("The record of the last push can't be written: {}", e.toString());
        complained = true;
      }
    }
  }
}
