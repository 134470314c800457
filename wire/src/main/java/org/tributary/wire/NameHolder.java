package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A machine that goes by a gateway's name.
 *
 * @param last when it was heard of last
 */
public record NameHolder(String hostname, Instant last) {
  public NameHolder {
    requireNonNull(hostname);
    requireNonNull(last);
  }
}
