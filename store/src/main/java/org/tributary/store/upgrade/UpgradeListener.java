package org.tributary.store.upgrade;

/** Hears how an upgrade goes on. */
public interface UpgradeListener {

  /** A step begins. */
  void begins(Step step);

  /** A statement is run next. */
  void runs(String statement);

  /** It was run; what it did is not safe everywhere before the upgrade has ended. */
  void ran(String statement);
}
