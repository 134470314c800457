package org.tributary.edge.rest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tributary.edge.state.SetAsideFile;

/** The rows of one batch of a series, parted by what becomes of them. Not thread-safe. */
final class Sieved {

  private final List<byte[]> rows = new ArrayList<>();
  private final List<Integer> origins = new ArrayList<>();
  private final List<SetAsideFile.Row> apart = new ArrayList<>();
  private final List<Held> held = new ArrayList<>();
  private final Map<String, Instant> newest = new HashMap<>();
  private int twins;

  /** Rows to deliver, as JSON. */
  List<byte[]> rows() {
    return rows;
  }

  /** For each row to deliver, its number in the batch. */
  List<Integer> origins() {
    return origins;
  }

  /** Rows to set aside here. */
  List<SetAsideFile.Row> apart() {
    return apart;
  }

  /** Rows that wait for what they refer to, each by itself. */
  List<Held> held() {
    return held;
  }

  /** The newest reading to deliver, by who can be asked for it. */
  Map<String, Instant> newest() {
    return newest;
  }

  /** Rows that are the same as the one before in every cell. */
  int twins() {
    return twins;
  }

  void addTwin() {
    twins++;
  }

  void add(int origin, byte[] row) {
    origins.add(origin);
    rows.add(row);
  }
}
