package org.tributary.testbed;

import java.time.Duration;

/**
 * A real database server on a port of this machine, with its data in a temporary directory.
 *
 * <p>Servers start without fsync, which makes them fast. What was committed survives {@link
 * #kill()} all the same, because the operating system holds what was written; only a loss of power
 * needs fsync.
 */
public interface DatabaseServer extends AutoCloseable {
  /** Creates an empty database and returns its URL in SQLAlchemy's form. */
  String freshDatabase();

  /** What it has taken of the processors so far, with all processes that it has started. */
  Duration processorTime();

  /** Stops the server where it stands, as {@code kill -STOP} does; only its end may follow. */
  void freeze();

  /** Ends the server as {@code kill -9} does, in the middle of whatever it is doing. */
  void kill();

  /** Starts a killed server again, with the same data, on the same port. */
  void restart();

  /** Ends the server and deletes its data. */
  @Override
  void close();
}
