package org.tributary.store.completeness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Follows one node's readings in the order of their time. Not thread-safe. */
final class NodeScan {

  private static final class Sensor {
    private final Rhythm rhythm = new Rhythm();
    private long last;
    private boolean begun;
  }

  private final long node;
  private final Map<Long, Sensor> sensors = new TreeMap<>();
  private final List<Silence> found = new ArrayList<>();

  NodeScan(long node) {
    this.node = node;
  }

  /** A reading of a type, at a time in microseconds. */
  void take(long type, long time) {
    Sensor sensor = sensors.computeIfAbsent(type, each -> new Sensor());
    if (sensor.begun) {
      note(type, sensor, time);
      sensor.rhythm.learn(time - sensor.last);
    }
    sensor.begun = true;
    sensor.last = time;
  }

  private void note(long type, Sensor sensor, long until) {
    long samples = sensor.rhythm.missing(until - sensor.last);
    if (samples > 0) {
      found.add(
          new Silence(node, sensor.last, until, Set.of(type), samples, sensor.rhythm.usual()));
    }
  }

  /** The silences that have ended since this was asked last, in order of time. */
  List<Silence> ended() {
    List<Silence> merged = merged(found);
    found.clear();
    return merged;
  }

  /** The silences that have not ended at a moment. */
  List<Silence> standing(long moment) {
    found.clear();
    sensors.forEach((type, sensor) -> note(type, sensor, moment));
    return ended();
  }

  /** Whether some of the node's sensors went on while that silence lasted. */
  boolean isPartial(Silence silence) {
    return sensors.entrySet().stream()
        .anyMatch(
            each ->
                !silence.types().contains(each.getKey())
                    && each.getValue().last > silence.from()
                    && each.getValue().rhythm.isLearnt());
  }

  private static List<Silence> merged(List<Silence> all) {
    List<Silence> merged = new ArrayList<>();
    List<Silence> inOrder = new ArrayList<>(all);
    inOrder.sort(Comparator.comparingLong(Silence::from));
    for (Silence each : inOrder) {
      Silence last = merged.isEmpty() ? each : merged.get(merged.size() - 1);
      if (!merged.isEmpty() && last.overlaps(each)) {
        merged.set(merged.size() - 1, last.and(each));
      } else {
        merged.add(each);
      }
    }
    return merged;
  }
}
