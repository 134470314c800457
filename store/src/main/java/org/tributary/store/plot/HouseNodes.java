package org.tributary.store.plot;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A house with its rooms, the nodes in them and what each of their sensors said last.
 *
 * @param address as people call it; may be empty
 * @param rooms by name; those that nothing measures in come too
 */
public record HouseNodes(
    long house,
    String address,
    Optional<String> deployment,
    Optional<Instant> start,
    Optional<Instant> end,
    List<Room> rooms) {

  public HouseNodes {
    requireNonNull(address);
    requireNonNull(deployment);
    requireNonNull(start);
    requireNonNull(end);
    rooms = List.copyOf(rooms);
  }

  /**
   * A place of the house.
   *
   * @param name its room's; empty for a place without one
   */
  public record Room(long location, String name, List<Node> nodes) {
    public Room {
      requireNonNull(name);
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * A node in a room.
   *
   * @param type as people call it; may be empty
   * @param isHere whether it is registered there; otherwise it measured there in the span
   */
  public record Node(long id, String type, boolean isHere, List<SensorNow> sensors) {
    public Node {
      requireNonNull(type);
      sensors = List.copyOf(sensors);
    }
  }

  /**
   * What a sensor said last in this house.
   *
   * @param time of its last reading here; empty if there is none, or none of its node's last
   *     readings
   * @param value of that reading; empty if it has none
   * @param calibration by which somebody wants the values read, in words; values are stored and
   *     shown without it
   */
  public record SensorNow(
      SensorId id,
      SensorKind kind,
      Optional<Instant> time,
      Optional<Double> value,
      Optional<String> calibration) {
    public SensorNow {
      requireNonNull(id);
      requireNonNull(kind);
      requireNonNull(time);
      requireNonNull(value);
      requireNonNull(calibration);
    }
  }

  /** All sensors, in the order in which they are shown. */
  public List<SensorNow> sensors() {
    return rooms.stream()
        .flatMap(room -> room.nodes().stream())
        .flatMap(node -> node.sensors().stream())
        .toList();
  }

  /** When any of them said something last. */
  public Optional<Instant> last() {
    return sensors().stream().flatMap(each -> each.time().stream()).max(Instant::compareTo);
  }
}
