package org.tributary.cli;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.tributary.edge.EdgeDaemon;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.page.StatusPage;

/** The status page of a push that may be told to read its configuration again. Thread-safe. */
final class PageBesidePush implements AutoCloseable {

  private final EdgeDaemon daemon;
  private final String version;
  private final Clock clock;
  private final Instant since;
  private Optional<StatusPage> page = Optional.empty();
  private boolean closed;

  PageBesidePush(EdgeDaemon daemon, String version, Clock clock) {
    this.daemon = daemon;
    this.version = version;
    this.clock = clock;
    this.since = clock.instant();
  }

  /** Shows what the daemon does now under that configuration, if a page is wanted. */
  synchronized void show(EdgeConfig config) {
    page.ifPresent(StatusPage::close);
    page =
        closed
            ? Optional.empty()
            : StatusPage.beside(daemon.watch(), config, version, since, clock);
  }

  @Override
  public synchronized void close() {
    closed = true;
    page.ifPresent(StatusPage::close);
    page = Optional.empty();
  }
}
