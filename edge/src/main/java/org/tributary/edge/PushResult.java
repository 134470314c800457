package org.tributary.edge;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.tributary.store.metadata.Taken;

/**
 * What one push through all tables came to.
 *
 * @param inserted rows that were new to central
 * @param changed rows that central had with other values
 * @param unchanged rows that central had already
 * @param setAside rows of this gateway that central keeps apart, from this push and earlier ones
 * @param refused tables that central refused, each with its reason
 * @param clockOffset how far this machine's clock is ahead of central's, half the way included
 * @param stopped whether it ended early because it was asked to
 * @param healed what comparing both ends came to; its rows are counted above as well
 * @param taken what was taken of central's changes of metadata
 * @param ahead whether rows are held back that are stamped ahead of this machine's clock
 */
public record PushResult(
    long inserted,
    long changed,
    long unchanged,
    long setAside,
    List<String> refused,
    Duration clockOffset,
    boolean stopped,
    Healed healed,
    Taken taken,
    boolean ahead) {
  public PushResult {
    refused = List.copyOf(refused);
    requireNonNull(clockOffset);
    requireNonNull(healed);
    requireNonNull(taken);
  }

  /** Without a word about healing. */
  public PushResult(
      long inserted,
      long changed,
      long unchanged,
      long setAside,
      List<String> refused,
      Duration clockOffset,
      boolean stopped) {
    this(
        inserted,
        changed,
        unchanged,
        setAside,
        refused,
        clockOffset,
        stopped,
        Healed.NOTHING,
        Taken.NOTHING,
        false);
  }

  /** Whether everything that there was is now at central as it should be. */
  public boolean allDelivered() {
    return setAside == 0
        && refused.isEmpty()
        && !stopped
        && healed.left() == 0
        && !healed.backlog();
  }

  /** Rows that travelled. */
  public long sent() {
    return inserted + changed + unchanged;
  }
}
