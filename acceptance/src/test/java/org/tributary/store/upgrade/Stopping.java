package org.tributary.store.upgrade;

import java.util.HashSet;
import java.util.Set;

/** Stops an upgrade before statements and behind them, each time at the next one. */
final class Stopping implements UpgradeListener {

  private final Set<String> seen = new HashSet<>();
  private final int every;

  /**
   * @param every at which places: 1 for all
   */
  Stopping(int every) {
    this.every = every;
  }

  /** As if somebody had killed the program. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Killed(String where) {
      super(where);
    }
  }

  @Override
  public void begins(Step step) {}

  @Override
  public void runs(String statement) {
    stop("before " + statement);
  }

  @Override
  public void ran(String statement) {
    stop("after " + statement);
  }

  private void stop(String where) {
    if (seen.add(where) && seen.size() % every == 0) {
      throw new Killed(where);
    }
  }

  /** How many places there were. */
  int places() {
    return seen.size();
  }
}
