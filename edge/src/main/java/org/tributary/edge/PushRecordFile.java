package org.tributary.edge;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.tributary.store.disk.WholeFile;
import org.tributary.wire.Backlog;
import org.tributary.wire.Position;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.WireFormatException;

/**
 * The file of a {@link PushRecord}, read and written whole.
 *
 * @param content what it says of the last push
 * @param sweeps where each comparing of the past has come to, by the table's name
 */
record PushRecordFile(PushRecord.Content content, Map<String, Sweep.Place> sweeps) {

  private static final String LAST_CONTACT = "lastContact";
  private static final String LAST_SAMPLE = "lastSample"; // for people: a position says it too
  private static final String POSITION = "position.";
  private static final String BACKLOG = "backlog.";
  private static final String SWEEP = "sweep.";
  private static final String SET_ASIDE = "setAside";
  private static final String PROBLEM = "problem";
  private static final String REFUSED = "refused";
  private static final String RATES = "rates";
  private static final String DELIVERED = "delivered";

  PushRecordFile {
    sweeps = Map.copyOf(sweeps);
  }

  /** What stands in the file; nothing if it is missing or damaged. */
  static PushRecordFile load(Path file) {
    Properties saved = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      saved.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      saved = new Properties();
    }
    return new PushRecordFile(content(saved), sweeps(saved));
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
      return Map.of();
    }
  }

  private static PushRecord.Content content(Properties saved) {
    try {
      Map<String, Position> backlog = positions(saved, BACKLOG);
      for (Position left : backlog.values()) {
        Backlog.read(Optional.of(left)); // or the file is damaged
      }
      return new PushRecord.Content(
          Optional.ofNullable(saved.getProperty(LAST_CONTACT)).map(Instant::parse),
          positions(saved, POSITION),
          backlog,
          Long.parseLong(saved.getProperty(SET_ASIDE, "0")),
          Optional.ofNullable(saved.getProperty(PROBLEM)),
          Boolean.parseBoolean(saved.getProperty(REFUSED)),
          Rates.parse(saved.getProperty(RATES, "")),
          Optional.ofNullable(saved.getProperty(DELIVERED)).map(Instant::parse));
    } catch (WireFormatException | IllegalArgumentException | DateTimeParseException e) {
      return PushRecord.Content.NONE;
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

  /** Writes it; it is on the disk when this returns. */
  void save(Path file) throws IOException {
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
    content.delivered().ifPresent(time -> fields.setProperty(DELIVERED, time.toString()));
    StringWriter text = new StringWriter();
    fields.store(text, "The last push. Made anew by the next; may be deleted.");
    WholeFile.write(file, text.toString());
  }
}
