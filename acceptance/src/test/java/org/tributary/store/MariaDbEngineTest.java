package org.tributary.store;

import org.tributary.acceptance.servers.TestEngine;

/** MariaDB, which knows neither NaN nor infinity. */
class MariaDbEngineTest extends EngineContract {
  MariaDbEngineTest() {
    super(TestEngine.MARIADB);
  }

  @Override
  boolean holds(double value) {
    return Double.isFinite(value);
  }
}
