package org.tributary.store;

import org.tributary.acceptance.servers.TestEngine;

/** SQLite, which stores NaN as NULL. */
class SqliteEngineTest extends EngineContract {
  SqliteEngineTest() {
    super(TestEngine.SQLITE);
  }

  @Override
  boolean holds(double value) {
    return !Double.isNaN(value);
  }
}
