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
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Lane;
import org.tributary.wire.Tables;
import org.tributary.wire.Welcome;

/**
 * The last transmitted sample of one remote, in a small file for people and for {@code status}. A
 * cache: it may be deleted at any time. Written whole to a file beside it and moved into place, so
 * that a power cut leaves the old one or the new one.
 *
 * <p>Thread-safe.
 */
final class PushRecord implements PushListener {

  private static final Logger log = LoggerFactory.getLogger(PushRecord.class);

  /**
   * What the file says.
   *
   * @param lastContact when central last answered
   * @param lastSample the time of the newest reading that central has taken
   * @param problem why the last push failed, if it did
   */
  record Content(
      Optional<Instant> lastContact, Optional<Instant> lastSample, Optional<String> problem) {
    static final Content NONE = new Content(Optional.empty(), Optional.empty(), Optional.empty());
  }

  private final Path file;
  private final Clock clock;
  private Content content;
  private long rowsSent;
  private boolean complained;

  PushRecord(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
    this.content = read(file);
  }

  /** What the file says; nothing if it is missing or damaged. */
  static Content read(Path file) {
    Properties saved = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      saved.load(reader);
      return new Content(
          instant(saved.getProperty("lastContact")),
          instant(saved.getProperty("lastSample")),
          Optional.ofNullable(saved.getProperty("problem")));
    } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
      return Content.NONE;
    }
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
            welcome
                .position(Tables.READING, Lane.LIVE)
                .map(position -> time(position.key().get(0))),
            Optional.empty());
  }

  @Override
  public synchronized void answered(Batch batch, Ack ack) {
    rowsSent += batch.size();
    boolean moved = batch.table().equals(Tables.READING) && batch.lane() == Lane.LIVE;
    content =
        new Content(
            Optional.of(clock.instant()),
            moved
                ? ack.position().map(position -> time(position.key().get(0)))
                : content.lastSample(),
            Optional.empty());
  }

  /** A push went through. */
  synchronized void pushed(PushResult result) {
    Optional<String> problem =
        result.refused().isEmpty()
            ? Optional.empty()
            : Optional.of(String.join("; ", result.refused()));
    content = new Content(content.lastContact(), content.lastSample(), problem);
    write();
  }

  /** A push broke off. */
  synchronized void failed(Exception failure) {
    content =
        new Content(
            content.lastContact(),
            content.lastSample(),
            Optional.of(String.valueOf(failure.getMessage())));
    write();
  }

  private void write() {
    Properties fields = new Properties();
    content.lastContact().ifPresent(time -> fields.setProperty("lastContact", time.toString()));
    content.lastSample().ifPresent(time -> fields.setProperty("lastSample", time.toString()));
    content.problem().ifPresent(problem -> fields.setProperty("problem", problem));
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

  private static Instant time(Object keyPart) {
    return (Instant) keyPart;
  }

  private static Optional<Instant> instant(@Nullable String text) {
    return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
  }
}
