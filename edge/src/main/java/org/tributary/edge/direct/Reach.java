package org.tributary.edge.direct;

import java.io.IOException;
import org.tributary.store.DatabaseUrl;

/** How a database is got at: as it stands, or through a tunnel. Thread-safe. */
public interface Reach {

  /** An open way to it. */
  interface Way extends AutoCloseable {

    /** The database as it can be reached now. */
    DatabaseUrl url();

    /** The database as somebody knows it. */
    DatabaseUrl known();

    /** Whether nothing is known to have cut it. */
    boolean isOpen();

    /** What it is called in a sentence about its end. */
    String words();

    @Override
    void close();
  }

  /**
   * Opens a way.
   *
   * @throws IOException if there is none now
   * @throws NoWayException if there will be none until somebody changes something
   */
  Way open() throws IOException, NoWayException;

  /** A database that needs no way of ours. */
  static Reach asItStands(DatabaseUrl url) {
    return () ->
        new Way() {
          @Override
          public DatabaseUrl url() {
            return url;
          }

          @Override
          public DatabaseUrl known() {
            return url;
          }

          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public String words() {
            return "The connection to " + url.printable();
          }

          @Override
          public void close() {}
        };
  }
}
