package org.tributary.edge.key;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tributary.wire.Credential;
import org.tributary.wire.GatewayId;

/**
 * What a gateway signs in with at one central, as it stands in its file.
 *
 * @param gateway whose it is; empty where it is a token that somebody put there
 * @param key empty as long as central has not said yes
 * @param since when central said so; empty where that is not known
 * @param next one that was made and that central may know already or not
 */
public record GatewayKey(
    Optional<GatewayId> gateway,
    Optional<Credential> key,
    Optional<Instant> since,
    Optional<Credential> next) {

  /** After this long a gateway gets itself another one. */
  public static final Duration RENEWED_AFTER = Duration.ofDays(90);

  /** Before there is any. */
  public static final GatewayKey NONE =
      new GatewayKey(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public GatewayKey {
    requireNonNull(gateway);
    requireNonNull(key);
    requireNonNull(since);
    requireNonNull(next);
  }

  /** With one more, that central is to be told of. */
  public GatewayKey awaiting(Credential made) {
    return new GatewayKey(gateway, key, since, Optional.of(made));
  }

  /** Central knows the next one. */
  public GatewayKey changed(GatewayId of, Instant now) {
    return new GatewayKey(Optional.of(of), next, Optional.of(now), Optional.empty());
  }

  /**
   * Whether it is time for another: it is old, or a change has begun. A token is nobody's to
   * change.
   */
  public boolean isDue(Instant now) {
    return gateway.isPresent()
        && key.isPresent()
        && (next.isPresent()
            || since.filter(time -> time.plus(RENEWED_AFTER).isAfter(now)).isEmpty());
  }
}
