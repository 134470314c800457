package org.tributary.edge.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.WallClock;

/**
 * What a gateway is to do: which database it sends, where to, how much at a time and how often.
 *
 * @param file that it was read from
 * @param wallClock by which the local database's times without a zone are written
 * @param gateway the name that the gateway goes by; empty if nobody gave it one
 * @param pushLimit how many rows go into one batch at most
 * @param syncTime from the start of one push to the start of the next
 * @param remotes those that are switched on, in the order of the file; at least one
 * @param disabled the names of those that are switched off
 * @param history how what was sent is looked after
 * @param statusListen where the status page listens; empty if there is to be none
 */
public record EdgeConfig(
    Path file,
    DatabaseUrl local,
    WallClock wallClock,
    Optional<String> gateway,
    int pushLimit,
    Duration syncTime,
    List<RemoteConfig> remotes,
    List<String> disabled,
    HistoryConfig history,
    Optional<PageAddress> statusListen) {

  static final int DEFAULT_PUSH_LIMIT = 10_000;
  static final int MAX_PUSH_LIMIT = 100_000;
  static final Duration DEFAULT_SYNC_TIME = Duration.ofMinutes(10);
  static final Duration MIN_SYNC_TIME = Duration.ofSeconds(1);
  static final Duration MAX_SYNC_TIME = Duration.ofDays(7);

  public EdgeConfig {
    requireNonNull(file, "file");
    requireNonNull(local, "local");
    requireNonNull(wallClock, "wallClock");
    requireNonNull(gateway, "gateway");
    requireNonNull(syncTime, "syncTime");
    remotes = List.copyOf(remotes);
    disabled = List.copyOf(disabled);
    requireNonNull(history, "history");
    requireNonNull(statusListen, "statusListen");
  }

  /** Without a status page. */
  public EdgeConfig(
      Path file,
      DatabaseUrl local,
      WallClock wallClock,
      Optional<String> gateway,
      int pushLimit,
      Duration syncTime,
      List<RemoteConfig> remotes,
      List<String> disabled,
      HistoryConfig history) {
    this(
        file,
        local,
        wallClock,
        gateway,
        pushLimit,
        syncTime,
        remotes,
        disabled,
        history,
        Optional.empty());
  }

  /**
   * Reads a configuration file whole.
   *
   * <p>A setting on the command line goes before one in the environment, and that before the file.
   * A relative path in the file starts from the file's folder; one from elsewhere, from the current
   * folder.
   *
   * @param environment in which {@code TRIBUTARY_LOCALURL}, {@code TRIBUTARY_TIMEZONE}, {@code
   *     TRIBUTARY_PUSHLIMIT} and so on, one for each key of {@code [general]}, count unless they
   *     are blank
   * @param localUrlOverride the local database, if it was given on the command line
   * @throws ConfigException with every problem there is
   */
  public static EdgeConfig read(
      Path file, Map<String, String> environment, Optional<String> localUrlOverride)
      throws ConfigException {
    Problems problems = new Problems(file);
    ConfigFile found = new ConfigFileReader(problems).read(file);
    return new EdgeConfigReader(file, found, environment, localUrlOverride, problems).read();
  }
}
