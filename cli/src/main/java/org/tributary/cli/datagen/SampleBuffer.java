package org.tributary.cli.datagen;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tributary.store.StoreException;
import org.tributary.store.TargetDatabase;
import org.tributary.wire.Micros;
import org.tributary.wire.Rows;
import org.tributary.wire.Tables;

/** Readings and node states on their way into a database. Not thread-safe. */
final class SampleBuffer {

  private static final int EXPECTED = 1_000;

  private Rows.Builder states = newStates();
  private Rows.Builder readings = newReadings();

  /**
   * Adds a reading.
   *
   * @param location where the node stood; null if nobody has said so yet
   */
  void reading(Instant time, long node, SensorKind kind, @Nullable Long location, double value) {
    readings.addLong(0, Micros.of(time));
    readings.addLong(1, node);
    readings.addLong(2, kind.type());
    if (location == null) {
      readings.addNull(3);
    } else {
      readings.addLong(3, location);
    }
    readings.addReal(4, value);
    readings.endRow();
  }

  /**
   * Adds a node state.
   *
   * @param localtime the node's own clock, in its ticks
   */
  void state(Instant time, long node, long parent, long localtime, int sequence, int rssi) {
    states.addLong(0, Micros.of(time));
    states.addLong(1, node);
    states.addLong(2, parent);
    states.addLong(3, localtime);
    states.addLong(4, sequence);
    states.addLong(5, rssi);
    states.endRow();
  }

  int readings() {
    return readings.size();
  }

  int states() {
    return states.size();
  }

  /** Stores what is there, all of it or nothing, and is empty then. */
  Written flush(TargetDatabase database) throws StoreException {
    Written written = new Written(readings.size(), states.size());
    database.add(List.of(states.build(), readings.build()));
    states = newStates();
    readings = newReadings();
    return written;
  }

  private static Rows.Builder newStates() {
    return new Rows.Builder(Tables.NODE_STATE, Tables.NODE_STATE.columns(), EXPECTED);
  }

  private static Rows.Builder newReadings() {
    return new Rows.Builder(Tables.READING, Tables.READING.columns(), EXPECTED);
  }
}
