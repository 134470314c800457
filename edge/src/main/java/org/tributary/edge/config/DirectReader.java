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
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tributary.edge.config.ConfigFile.Section;
import org.tributary.edge.ssh.SshSettings;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.DatabaseUrl.Dialect;

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

  /** What the tunnels of old began at. */
  private static final Pattern NEAR_END =
      Pattern.compile("localhost|127\\.[0-9.]+|::1", Pattern.CASE_INSENSITIVE);

  private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._-]+|[0-9A-Fa-f:.]+");

  private final Section section;
  private final Path folder;
  private final Map<String, String> environment;
  private final Problems problems;

  DirectReader(Section section, Path folder, Map<String, String> environment, Problems problems) {
    this.section = section;
    this.folder = folder;
    this.environment = environment;
    this.problems = problems;
  }

  /** Empty if there are problems, which are reported then. */
  Optional<DirectConfig> read(Setting url) {
    Optional<SshSettings> ssh = new SshReader(section, folder, environment, problems).read(url);
    if (ssh.isPresent() && !section.has("dbstring")) {
      problems.add(
          section.line(),
          "[%s] has an SSH host in url, but no dbstring; expected the database behind it, as in"
                  .formatted(section.name())
              + " mysql://user:password@127.0.0.1/database, or url = https://host/");
    }
    Optional<DatabaseUrl> database = database();
    Optional<Instant> lastUpdate =
        given("lastupdate")
            .filter(set -> !set.value().equalsIgnoreCase("none"))
            .flatMap(set -> problems.meaningOf(set, DirectReader::instant));
    boolean createTables =
        given("create_tables").flatMap(set -> problems.meaningOf(set, OnOff::parse)).orElse(false);
    return ssh.flatMap(
        way -> database.map(there -> new DirectConfig(way, there, lastUpdate, createTables)));
  }

  /** As the SSH host sees it; what dbstring itself says of host and port was for this machine. */
  private Optional<DatabaseUrl> database() {
    Optional<String> host =
        given("dbhost").flatMap(set -> problems.meaningOf(set, DirectReader::host));
    Optional<Integer> port =
        given("dbport").flatMap(set -> problems.meaningOf(set, PortNumber::parse));
    return setting("dbstring")
        .flatMap(set -> problems.meaningOf(set, text -> database(text, section.has("dbhost"))))
        .map(
            url ->
                url.withHostAndPort(
                    host.orElse("127.0.0.1"), port.orElseGet(() -> usualPort(url.dialect()))));
  }

  private DatabaseUrl database(String text, boolean hostIsElsewhere) {
    DatabaseUrl url = DatabaseUrl.parse(text, folder);
    if (url.file().isPresent()) {
      throw new IllegalArgumentException(
          "a SQLite file can't be reached through a tunnel; expected mysql:// or postgresql://");
    }
    String host = url.host().orElseThrow();
    if (!hostIsElsewhere && !NEAR_END.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "%s is not the near end of a tunnel; expected 127.0.0.1 there, and dbhost = %s for the"
                  .formatted(host, host)
              + " machine that the SSH host finds the database on");
    }
    return url;
  }

  private static String host(String text) {
    if (!HOST.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no name or address of a machine; expected the like of 127.0.0.1, without a port"
              .formatted(text));
    }
    return text;
  }

  private static int usualPort(Dialect dialect) {
    return switch (dialect) {
      case SQLITE -> throw new IllegalArgumentException("a file has no port");
      case MYSQL -> 3306;
      case POSTGRESQL -> 5432;
    };
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

  private Optional<Setting> setting(String key) {
    return section.setting(key, problems);
  }

  private Optional<Setting> given(String key) {
    return section.given(key, problems);
  }
}
