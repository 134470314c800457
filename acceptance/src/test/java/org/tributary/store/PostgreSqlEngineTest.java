package org.tributary.store;

import org.tributary.acceptance.servers.TestEngine;

/** PostgreSQL, which holds every double. */
class PostgreSqlEngineTest extends EngineContract {
  PostgreSqlEngineTest() {
    super(TestEngine.POSTGRESQL);
  }

  @Override
  boolean holds(double value) {
    return true;
  }
}
