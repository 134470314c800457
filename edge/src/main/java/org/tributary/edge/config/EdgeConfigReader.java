package org.tributary.edge.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tributary.edge.config.ConfigFile.Entry;
import org.tributary.edge.config.ConfigFile.Section;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.WallClock;
import org.tributary.wire.GatewayId;

/**
 * Finds out what the entries of one file mean for a gateway, and everything that is wrong with
 * them.
 */
final class EdgeConfigReader {
  private static final String GENERAL = "general";
  private static final String LOCATIONS = "locations";

  /** Sections that can't describe a remote. */
  private static final Set<String> OURS = Set.of(GENERAL, LOCATIONS);

  private static final KnownKeys GENERAL_KEYS =
      KnownKeys.of(
          "localurl",
          "timezone",
          "pushlimit",
          "synctime",
          "gateway",
          "sweep",
          "deletes",
          "newestfirst",
          "status_listen");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,9}");
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*([smhd]?)", Pattern.CASE_INSENSITIVE);

  private final Path file;
  private final ConfigFile found;
  private final Map<String, String> environment;
  private final Optional<String> localUrlOverride;
  private final Problems problems;
  private final Section general;
  private final List<RemoteConfig> remotes = new ArrayList<>();
  private final List<String> disabled = new ArrayList<>();

  EdgeConfigReader(
      Path file,
      ConfigFile found,
      Map<String, String> environment,
      Optional<String> localUrlOverride,
      Problems problems) {
    this.file = file;
    this.found = found;
    this.environment = environment;
    this.localUrlOverride = localUrlOverride;
    this.problems = problems;
    this.general = found.section(GENERAL).orElse(new Section(GENERAL, 0, List.of()));
  }

  EdgeConfig read() throws ConfigException {
    GENERAL_KEYS.reportOthers(general, problems);
    Optional<DatabaseUrl> local = local();
    WallClock wallClock =
        setting("timezone")
            .flatMap(set -> problems.meaningOf(set, ZoneName::parse))
            .map(WallClock::new)
            .orElse(WallClock.UTC);
    Optional<String> gateway =
        setting("gateway").flatMap(set -> problems.meaningOf(set, EdgeConfigReader::gateway));
    int pushLimit =
        setting("pushlimit")
            .flatMap(set -> problems.meaningOf(set, EdgeConfigReader::pushLimit))
            .orElse(EdgeConfig.DEFAULT_PUSH_LIMIT);
    Duration syncTime =
        setting("synctime")
            .flatMap(set -> problems.meaningOf(set, EdgeConfigReader::syncTime))
            .orElse(EdgeConfig.DEFAULT_SYNC_TIME);
    HistoryConfig history =
        new HistoryConfig(
            setting("sweep")
                .flatMap(set -> problems.meaningOf(set, EdgeConfigReader::sweep))
                .orElse(HistoryConfig.DEFAULT.sweep()),
            setting("deletes")
                .flatMap(set -> problems.meaningOf(set, EdgeConfigReader::deletes))
                .orElse(HistoryConfig.DEFAULT.deletes()),
            setting("newestfirst")
                .flatMap(set -> problems.meaningOf(set, EdgeConfigReader::newestFirst))
                .orElse(HistoryConfig.DEFAULT.newestFirst()));
    Optional<PageAddress> statusListen =
        setting("status_listen").flatMap(set -> problems.meaningOf(set, PageAddress::parse));
    readLocations();
    problems.throwIfAny();
    return new EdgeConfig(
        file,
        local.orElseThrow(),
        wallClock,
        gateway,
        pushLimit,
        syncTime,
        remotes,
        disabled,
        history,
        statusListen);
  }

  private Optional<DatabaseUrl> local() {
    if (localUrlOverride.isPresent()) {
      Setting given = new Setting("local database on the command line", 0, localUrlOverride.get());
      return problems.meaningOf(given, url -> DatabaseUrl.parse(url, Path.of("")));
    }
    Optional<Setting> set = setting("localurl");
    if (set.isEmpty() && !general.has("localurl")) {
      problems.add(
          general.line(),
          "localurl is missing in [general]; expected the database to send, as in"
              + " localurl = sqlite:////var/lib/house.db or mysql://user:password@host/database");
    }
    return set.flatMap(
        url -> {
          Path base = url.line() == 0 ? Path.of("") : folder();
          return problems.meaningOf(url, text -> DatabaseUrl.parse(text, base));
        });
  }

  private static String gateway(String text) {
    try {
      return new GatewayId(text).value();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"%s\" is no name for a gateway; expected 1 to 64 letters (a-z), digits, . _ -"
              .formatted(text),
          e);
    }
  }

  private static int pushLimit(String text) {
    if (WHOLE_NUMBER.matcher(text).matches()) {
      int rows = Integer.parseInt(text);
      if (rows >= 1 && rows <= EdgeConfig.MAX_PUSH_LIMIT) {
        return rows;
      }
    }
    throw new IllegalArgumentException(
        "\"%s\" is no number of rows; expected a whole number from 1 to %d"
            .formatted(text, EdgeConfig.MAX_PUSH_LIMIT));
  }

  /** A bare number means minutes, as it always did. */
  private static Duration syncTime(String text) {
    Optional<Duration> time =
        time(text, Duration.ofMinutes(1))
            .filter(it -> it.compareTo(EdgeConfig.MIN_SYNC_TIME) >= 0)
            .filter(it -> it.compareTo(EdgeConfig.MAX_SYNC_TIME) <= 0);
    if (time.isPresent()) {
      return time.get();
    }
    throw new IllegalArgumentException(
        "\"%s\" is no time between pushes; expected minutes, or 30s, 10m, 1h, from 1s to 7d"
            .formatted(text));
  }

  private static Duration sweep(String text) {
    Optional<Duration> time =
        time(text, Duration.ofDays(1))
            .filter(it -> it.compareTo(Duration.ofHours(1)) >= 0)
            .filter(it -> it.compareTo(Duration.ofDays(366)) <= 0);
    if (time.isPresent()) {
      return time.get();
    }
    throw new IllegalArgumentException(
        "\"%s\" is no time within which the past is compared; expected days, or 12h, 7d, from 1h to"
                .formatted(text)
            + " 366d");
  }

  private static HistoryConfig.Deletes deletes(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "keep" -> HistoryConfig.Deletes.KEEP;
      case "mirror" -> HistoryConfig.Deletes.MIRROR;
      default ->
          throw new IllegalArgumentException(
              "\"%s\" says nothing about deleted rows; expected keep or mirror".formatted(text));
    };
  }

  private static int newestFirst(String text) {
    if (text.matches("[0-9]{1,9}")) {
      return Integer.parseInt(text);
    }
    throw new IllegalArgumentException(
        "\"%s\" is no number of rows; expected 0 to 999999999, above which the newest go first"
            .formatted(text));
  }

  private static Optional<Duration> time(String text, Duration bare) {
    Matcher match = TIME.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    Duration unit =
        switch (match.group(2).toLowerCase(Locale.ROOT)) {
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          case "h" -> Duration.ofHours(1);
          case "d" -> Duration.ofDays(1);
          default -> bare;
        };
    return Optional.of(
        Duration.ofMillis(
            new BigDecimal(match.group(1))
                .multiply(BigDecimal.valueOf(unit.toMillis()))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact()));
  }

  private void readLocations() {
    Optional<Section> locations = found.section(LOCATIONS);
    boolean anyEnabled = false;
    for (Entry location : locations.map(Section::entries).orElse(List.of())) {
      Optional<Boolean> enabled =
          location.setting(problems).flatMap(set -> problems.meaningOf(set, OnOff::parse));
      anyEnabled |= enabled.orElse(true); // what can't be read may have been meant so
      enabled.ifPresent(on -> readLocation(location, on));
    }
    if (!anyEnabled) {
      problems.add(
          locations.map(Section::line).orElse(0),
          "nowhere to send to; expected a name = 1 in [locations] and a section [name] with its"
              + " url");
    }
  }

  private void readLocation(Entry location, boolean enabled) {
    Optional<Section> section =
        found
            .section(location.key())
            .filter(it -> !OURS.contains(it.name().toLowerCase(Locale.ROOT)));
    section.ifPresent(it -> RemoteReader.KEYS.reportOthers(it, problems));
    if (!enabled) {
      disabled.add(location.key());
    } else if (section.isPresent()) {
      new RemoteReader(location.key(), section.get(), folder(), environment, problems)
          .read()
          .ifPresent(remotes::add);
    } else {
      problems.add(
          location.line(),
          "%s is switched on but described nowhere; expected a section [%s] with its url"
              .formatted(location.key(), location.key()));
    }
  }

  /** A setting of {@code [general]}; the environment goes before the file. */
  private Optional<Setting> setting(String key) {
    String variable = "TRIBUTARY_" + key.toUpperCase(Locale.ROOT);
    String value = environment.getOrDefault(variable, "").strip();
    return value.isEmpty()
        ? general.setting(key, problems)
        : Optional.of(new Setting(variable, 0, value));
  }

  private Path folder() {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    return folder == null ? absolute : folder;
  }
}
