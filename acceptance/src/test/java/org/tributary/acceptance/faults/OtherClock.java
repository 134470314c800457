package org.tributary.acceptance.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.tributary.edge.EdgeDaemon;
import org.tributary.edge.PushListener;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.server.CentralServer;
import org.tributary.store.DatabaseUrl;

/**
 * A clock that is wrong as a file says, for one end of a stage: the program reads its clock where
 * it is told to, so nothing else of the machine has to go wrong with it. Thread-safe.
 */
final class OtherClock extends Clock {

  private final Path file;

  OtherClock(Path file) {
    this.file = file;
  }

  /**
   * Sets the clock.
   *
   * @param ahead of the true time, now
   * @param rate how much faster it goes; 0.1 gains six seconds in a minute
   */
  static void set(Path file, Duration ahead, double rate) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".fresh");
    Files.writeString(fresh, "%s %s %s".formatted(Instant.now(), ahead, rate));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public Instant instant() {
    try {
      String[] words = Files.readString(file).split(" ", -1);
      Instant now = Instant.now();
      double gone = Duration.between(Instant.parse(words[0]), now).toNanos();
      return now.plus(Duration.parse(words[1]))
          .plusNanos((long) (gone * Double.parseDouble(words[2])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  /** {@code serve CLOCK DATABASE PORT} or {@code push CLOCK CONFIGURATION}, until it is killed. */
  public static void main(String[] words) throws Exception {
    Clock clock = new OtherClock(Path.of(words[1]));
    if (words[0].equals("serve")) {
      CentralServer.start(
          DatabaseUrl.parse(words[2], Path.of("")),
          new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(words[3])),
          CentralServer.Auth.ON,
          "test",
          clock);
    } else {
      new EdgeDaemon(
              EdgeConfig.read(Path.of(words[2]), Map.of(), Optional.empty()),
              "test",
              clock,
              new PushListener() {})
          .start();
    }
    new CountDownLatch(1).await();
  }
}
