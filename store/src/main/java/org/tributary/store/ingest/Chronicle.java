package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.tributary.wire.Greeting;
import org.tributary.wire.MetadataChange;

/**
 * Writes down what gateways did, for the people who look at one of them, in the transaction that
 * does it: what is taken back was never there. Everything else works without it. Thread-safe.
 */
interface Chronicle {

  /** Of a database that no pages are drawn of. */
  Chronicle NONE =
      new Chronicle() {
        @Override
        public void welcomed(Connection connection, Gateway gateway, Greeting greeting) {}

        @Override
        public void refused(
            Connection connection, Gateway gateway, Greeting greeting, String reason) {}

        @Override
        public void turnedAway(Connection connection, Gateway gateway) {}

        @Override
        public void stored(Connection connection, Gateway gateway, Receipt receipt) {}

        @Override
        public void told(Connection connection, Gateway gateway, List<MetadataChange> changes) {}

        @Override
        public void compared(Connection connection, Gateway gateway) {}
      };

  /** A greeting was answered. */
  void welcomed(Connection connection, Gateway gateway, Greeting greeting) throws SQLException;

  /** A greeting in a gateway's name was refused. */
  void refused(Connection connection, Gateway gateway, Greeting greeting, String reason)
      throws SQLException;

  /** A gateway that is stopped sent something else than a greeting. */
  void turnedAway(Connection connection, Gateway gateway) throws SQLException;

  /** A batch was stored. To be said last: from here on the gateway's other batches wait. */
  void stored(Connection connection, Gateway gateway, Receipt receipt) throws SQLException;

  /** A gateway was told what to change in its own metadata; nothing, where there was nothing. */
  void told(Connection connection, Gateway gateway, List<MetadataChange> changes)
      throws SQLException;

  /** What a gateway says of some days was compared with what is here, whatever came of it. */
  void compared(Connection connection, Gateway gateway) throws SQLException;
}
