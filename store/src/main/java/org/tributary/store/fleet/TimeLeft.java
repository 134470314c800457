package org.tributary.store.fleet;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** How long it will take until all is here, by how fast and how slowly rows came of late. */
public record TimeLeft(Duration least, Duration most) {
  public TimeLeft {
    requireNonNull(least);
    requireNonNull(most);
  }
}
