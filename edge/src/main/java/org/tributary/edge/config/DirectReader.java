package org.tributary.edge.config;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import org.tributary.edge.config.ConfigFile.Section;
import org.tributary.store.DatabaseUrl;

/** Finds out which database the section of a remote means, and the way to it through SSH. */
final class DirectReader {
  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .toFormatter(Locale.ROOT);

  private final Section section;
  private final Path folder;
  private final Problems problems;

  DirectReader(Section section, Path folder, Problems problems) {
    this.section = section;
    this.folder = folder;
    this.problems = problems;
  }

  /** Empty if there are problems, which are reported then. */
  Optional<DirectConfig> read(Setting url) {
    Optional<SshHost> host = problems.meaningOf(url, SshHost::parse);
    Optional<DatabaseUrl> database =
        setting("dbstring").flatMap(set -> problems.meaningOf(set, this::database));
    if (host.isPresent() && !section.has("dbstring")) {
      problems.add(
          section.line(),
          "[%s] has an SSH host in url, but no dbstring; expected the database behind it, as in"
                  .formatted(section.name())
              + " mysql://user:password@127.0.0.1/database, or url = https://host/");
    }
    Optional<Instant> lastUpdate =
        setting("lastupdate")
            .filter(set -> !set.value().isEmpty() && !set.value().equalsIgnoreCase("none"))
            .flatMap(set -> problems.meaningOf(set, DirectReader::instant));
    Optional<Path> sshFolder =
        given("sshfolder").flatMap(set -> problems.meaningOf(set, this::folder));
    Optional<String> sshUser = given("sshuser").map(Setting::value);
    if (host.isEmpty() || database.isEmpty()) {
      return Optional.empty();
    }
    if (sshUser.isPresent()
        && host.get().user().isPresent()
        && !sshUser.equals(host.get().user())) {
      problems.add(url, "names another user than sshuser; expected one of the two");
    }
    return Optional.of(
        new DirectConfig(
            host.get().name(),
            host.get().port(),
            database.get(),
            lastUpdate,
            sshUser.or(host.get()::user),
            sshFolder,
            given("sshkey").map(Setting::value)));
  }

  private DatabaseUrl database(String text) {
    DatabaseUrl url = DatabaseUrl.parse(text, folder);
    if (url.file().isPresent()) {
      throw new IllegalArgumentException(
          "a SQLite file can't be reached through a tunnel; expected mysql:// or postgresql://");
    }
    return url;
  }

  /** Without an offset it is UTC, as the times in the databases are. */
  private static Instant instant(String text) {
    try {
      TemporalAccessor found =
          DATE.parseBest(
              text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      if (found instanceof OffsetDateTime time) {
        return time.toInstant();
      }
      if (found instanceof LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC);
      }
      return LocalDate.from(found).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException malformed) {
      throw new IllegalArgumentException(
          "\"%s\" is no time; expected None or the like of 2013-05-01 12:30:00".formatted(text),
          malformed);
    }
  }

  private Path folder(String text) {
    if (text.startsWith("~")) {
      throw new IllegalArgumentException("~ is not understood; expected the whole path");
    }
    return folder.resolve(text);
  }

  private Optional<Setting> setting(String key) {
    return section.setting(key, problems);
  }

  /** The setting, unless nothing stands right of its equals sign. */
  private Optional<Setting> given(String key) {
    return setting(key).filter(set -> !set.value().isEmpty());
  }
}
