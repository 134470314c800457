package org.tributary.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tributary.edge.AlreadyRunningException;
import org.tributary.edge.EdgeDaemon;
import org.tributary.edge.PushListener;
import org.tributary.edge.config.ConfigException;
import org.tributary.edge.config.EdgeConfig;

/** A gateway's configuration and database, and the commands that work on them. */
final class GatewayFolder {

  /** What a command printed, and how it ended. */
  record Ran(int exit, String out) {
    List<String> lines() {
      return out.lines().map(String::stripTrailing).toList();
    }
  }

  private final Path folder;

  private GatewayFolder(Path folder) {
    this.folder = folder;
  }

  static GatewayFolder create(Path folder, String url) throws IOException {
    GatewayFolder created = new GatewayFolder(folder);
    created.configure(
        """
        [general]
        localurl = sqlite:///house.db
        gateway = house12
        [locations]
        central = 1
        [central]
        url = %s
        """
            .formatted(url));
    return created;
  }

  void configure(String text) throws IOException {
    Files.writeString(config(), text);
  }

  Path config() {
    return folder.resolve("synchronise.conf");
  }

  Path house() {
    return folder.resolve("house.db");
  }

  LoggerFile logger() throws IOException, SQLException {
    return LoggerFile.create(house());
  }

  Ran run(String... command) {
    String[] words =
        Stream.concat(Stream.of(command), Stream.of("--config", config().toString()))
            .toArray(String[]::new);
    CommandRun run = CommandRun.of(words);
    return new Ran(run.exit(), run.out() + run.err());
  }

  /** As {@code push --once} does, without its log file. */
  void push() throws ConfigException, IOException, AlreadyRunningException {
    EdgeConfig read = EdgeConfig.read(config(), Map.of(), Optional.empty());
    try (EdgeDaemon daemon =
        new EdgeDaemon(read, "test", Clock.systemUTC(), new PushListener() {})) {
      daemon.pushOnce();
    }
  }

  /** Rows that a remote can't keep apart itself, as a push writes them. */
  void keptApart(String lines) throws IOException {
    Path state = Files.createDirectories(folder.resolve("push-state"));
    Files.writeString(state.resolve("synchronise.central.setaside"), lines);
  }

  /** What a push notes that was refused. */
  void refusedBefore(String why) throws IOException {
    Files.writeString(
        folder.resolve("push-state").resolve("synchronise.central.last"),
        "\nrefused=true\nproblem=%s\n".formatted(why),
        StandardOpenOption.APPEND);
  }

  /**
   * A hash of every file, by name; but not of the file that readers of a write-ahead log share,
   * which SQLite itself changes.
   */
  Map<String, String> hashes() throws IOException, NoSuchAlgorithmException {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        boolean hashed = Files.isRegularFile(file) && !file.toString().endsWith("-shm");
        hashes.put(
            folder.relativize(file).toString(),
            hashed
                ? HexFormat.of()
                    .formatHex(
                        MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)))
                : "");
      }
    }
    return hashes;
  }
}
