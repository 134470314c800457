package org.tributary.edge.page;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.edge.RunningPush;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.PageAddress;

/**
 * A small page beside a push at work that says how it stands, and the same for programs. It is only
 * read, and a push never depends on it: where it can't be shown, that is told and the push goes on.
 * Thread-safe.
 */
public final class StatusPage implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(StatusPage.class);

  private final Looking looking;
  private final PageServer server;

  private StatusPage(Looking looking, PageServer server) {
    this.looking = looking;
    this.server = server;
  }

  /**
   * Shows the page, if the configuration wants it and it can be shown.
   *
   * @param push is closed with the page
   * @param since when the push began to work
   */
  public static Optional<StatusPage> beside(
      RunningPush push, EdgeConfig config, String version, Instant since, Clock clock) {
    if (config.statusListen().isEmpty()) {
      push.close();
      return Optional.empty();
    }
    PageAddress address = config.statusListen().get();
    Looking looking = new Looking(config, push, version, since, clock);
    try {
      PageServer server =
          PageServer.open(
              resolved(address),
              new OwnNames(address.host(), push.hostname()),
              path -> page(looking, path));
      log.info("status page: http://{}:{}/", host(address), server.address().getPort());
      if (!address.isForThisMachineOnly()) {
        log.warn(
            "status page: it listens on {}, and whoever is in this network can read it; if that is"
                + " not meant, say status_listen = 127.0.0.1:{}",
            address,
            address.port());
      }
      return Optional.of(new StatusPage(looking, server));
    } catch (IOException e) {
      looking.close();
      log.error("status page: {}. The push goes on without it.", reason(address, e));
      return Optional.empty();
    }
  }

  private static String host(PageAddress address) {
    return address.host().contains(":") ? "[" + address.host() + "]" : address.host();
  }

  private static InetSocketAddress resolved(PageAddress address) throws IOException {
    InetSocketAddress resolved = new InetSocketAddress(address.host(), address.port());
    if (resolved.isUnresolved()) {
      throw new IOException("the name %s does not resolve".formatted(address.host()));
    }
    return resolved;
  }

  private static String reason(PageAddress address, IOException failure) {
    String message = String.valueOf(failure.getMessage());
    if (!(failure instanceof BindException)) {
      return "%s can't be listened on: %s".formatted(address, message);
    }
    return message.contains("in use")
        ? "%s is in use by another program; give status_listen another port, or end that one"
            .formatted(address)
        : "%s can't be listened on (%s); status_listen has to be an address of this machine"
            .formatted(address, message);
  }

  private static Optional<PageServer.Page> page(Looking looking, String path) {
    return switch (path) {
      case "/" -> Optional.of(looking.latest().map(HtmlPage::of).orElseGet(HtmlPage::beginning));
      case "/status.json" ->
          Optional.of(
              looking
                  .latest()
                  .map(look -> Answers.of("application/json", StatusJson.text(look)))
                  .orElseGet(() -> Answers.of("application/json", "{}\n")));
      case "/metrics" ->
          Optional.of(Answers.of(Exposition.TYPE, looking.latest().map(Metrics::of).orElse("")));
      case "/favicon.ico" -> Optional.of(Icon.PAGE);
      case "/health" -> Optional.of(Answers.text("ok"));
      default -> Optional.empty();
    };
  }

  /** The port that it listens on. */
  public int port() {
    return server.address().getPort();
  }

  @Override
  public void close() {
    server.close();
    looking.close();
  }
}
