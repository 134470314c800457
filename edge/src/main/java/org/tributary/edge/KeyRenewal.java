package org.tributary.edge;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.edge.http.HttpLink;
import org.tributary.edge.key.GatewayKey;
import org.tributary.edge.key.KeyChange;
import org.tributary.edge.key.KeyFile;
import org.tributary.wire.Welcome;

/**
 * Gets a gateway another key when the one that it has is old, once central has let it in with that.
 * A push never fails by it: the old key holds until the new one is in use. Thread-safe.
 */
final class KeyRenewal implements PushListener {

  private static final Logger log = LoggerFactory.getLogger(KeyRenewal.class);

  private final RemoteConfig remote;
  private final Clock clock;

  KeyRenewal(RemoteConfig remote, Clock clock) {
    this.remote = remote;
    this.clock = clock;
  }

  @Override
  public void welcomed(Welcome welcome) {
    try {
      Optional<KeyFile> file = remote.http().keyFile().map(KeyFile::new);
      if (file.isPresent() && file.get().read().isDue(clock.instant())) {
        renew(remote, clock);
        log.info("{}: this gateway has a new key", remote.name());
      }
    } catch (IOException e) {
      log.warn(
          "{}: this gateway's key is old and could not be renewed; it goes on with it: {}",
          remote.name(),
          e.getMessage());
    }
  }

  /** Gets another key now. */
  static GatewayKey renew(RemoteConfig remote, Clock clock) throws IOException {
    KeyFile file = new KeyFile(remote.http().keyFile().orElseThrow());
    HttpLink link =
        new HttpLink(
            RemoteConfig.withoutRest(remote.uri().orElseThrow()),
            Remotes.security(remote),
            HttpLink.CONNECT_TIMEOUT,
            HttpLink.ANSWER_TIMEOUT);
    new KeyChange(link, file, clock).renew();
    return file.read();
  }
}
