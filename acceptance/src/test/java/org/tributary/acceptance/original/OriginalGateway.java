package org.tributary.acceptance.original;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tributary.acceptance.servers.RealReadings;

/**
 * What stands in the database of a gateway of the original system: a house with a node in each of
 * its rooms, and real samples in whole seconds, which is all that its tables hold. Its ids are its
 * own and mean other rows at central.
 */
final class OriginalGateway {

  static final long DEPLOYMENT = 71;
  static final long HOUSE = 81;

  // Temperature, humidity, temperature ADC 0, CO2, air quality, battery voltage.
  private static final int[] TYPES = {0, 2, 41, 8, 9, 6};

  /** A place: a location's local id and the name of its room, which has one of the seeded types. */
  record Place(long location, long room, String roomName) {}

  record Reading(Instant time, long node, int type, long location, double value) {}

  record State(Instant time, long node, long parent, long localtime, long sequence, long rssi) {}

  final String deployment = "Push test";
  final String address = "1 Elm_Street & 2";
  final List<Place> places =
      List.of(
          new Place(91, 61, "Living Room"),
          new Place(92, 62, "Attic"),
          new Place(93, 63, "Kitchen"),
          new Place(94, 64, "Cellar"));
  final Map<Long, Place> nodes = new TreeMap<>();
  final Map<Long, Integer> nodeTypes = new TreeMap<>();
  final List<Reading> readings = new ArrayList<>();
  final List<State> states = new ArrayList<>();

  /** With the first samples of all real nodes. */
  OriginalGateway(int samples) {
    for (int i = 0; i < RealReadings.NODES.size(); i++) {
      nodes.put((long) RealReadings.NODES.get(i), places.get(i));
      nodeTypes.put((long) RealReadings.NODES.get(i), 0);
    }
    Map<List<Object>, Reading> byKey = new LinkedHashMap<>();
    Map<List<Object>, State> statesByKey = new LinkedHashMap<>();
    for (RealReadings.Sample sample : RealReadings.first(samples)) {
      Instant time = sample.time().truncatedTo(ChronoUnit.SECONDS);
      long node = sample.nodeId();
      double[] values = {
        sample.temperature(),
        sample.humidity(),
        sample.adc0(),
        sample.adc1(),
        sample.adc2(),
        sample.battery()
      };
      for (int i = 0; i < TYPES.length; i++) {
        byKey.putIfAbsent(
            List.of(time, node, TYPES[i]),
            new Reading(time, node, TYPES[i], place(node).location(), values[i]));
      }
      statesByKey.putIfAbsent(
          List.of(time, node, sample.sequenceNumber()),
          new State(
              time,
              node,
              sample.parent(),
              sample.time().toEpochMilli(),
              sample.sequenceNumber(),
              sample.rssi()));
    }
    readings.addAll(byKey.values());
    readings.sort(Comparator.comparing(Reading::time));
    states.addAll(statesByKey.values());
    states.sort(Comparator.comparing(State::time));
  }

  Place place(long node) {
    Place place = nodes.get(node);
    if (place == null) {
      throw new IllegalArgumentException("No node " + node);
    }
    return place;
  }
}
