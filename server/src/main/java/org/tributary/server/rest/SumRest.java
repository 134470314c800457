package org.tributary.server.rest;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.report.HouseRegister;
import org.tributary.store.report.NodeStatuses;
import org.tributary.store.report.ReadingCounts;
import org.tributary.store.report.ReadingCounts.LocationCount;

/** What the original's pages ask beside {@code /rest/}: nodes of a house and how they are. */
final class SumRest {

  private final HouseRegister houseRegister;
  private final NodeStatuses nodeStatuses;
  private final ReadingCounts readingCounts;

  SumRest(Database database, Clock clock) {
    this.houseRegister = new HouseRegister(database, clock);
    this.nodeStatuses = new NodeStatuses(database, clock);
    this.readingCounts = new ReadingCounts(database);
  }

  Object register(Asked asked) throws IOException {
    Optional<Long> house = asked.idOr("houseId");
    return house.isEmpty()
        ? List.of()
        : houseRegister.of(house.get()).stream()
            .map(
                each ->
                    Json.object(
                        "id", each.node() + "_" + each.location(),
                        "node", each.node(),
                        "room", each.room(),
                        "type", "location",
                        "totalSamples", each.samples(),
                        "firstTx", each.first(),
                        "lastTx", each.last(),
                        "status", each.condition().toString(),
                        "voltage", each.volts()))
            .toList();
  }

  Object status(Asked asked) throws IOException {
    Optional<Long> days = asked.number("cutTime").filter(count -> count < 1_000_000);
    return nodeStatuses.of(asked.number("houseId"), days.map(Duration::ofDays)).stream()
        .map(
            each ->
                Json.object(
                    "id", each.node(),
                    "node", each.node(),
                    "lastTx", each.last(),
                    "voltage", each.volts(),
                    "currentHouse", each.address(),
                    "houseId", each.house(),
                    "currentRoom", each.room(),
                    "status", each.condition().toString()))
        .toList();
  }

  /** Deployments, houses and locations with the number of their readings. */
  Object tree(Asked asked) throws IOException {
    Branch root = new Branch("All Deployments");
    for (LocationCount each : readingCounts.byLocation()) {
      root.add(each.readings())
          .child(each.deployment().orElse("Houses without deployment"))
          .add(each.readings())
          .child(each.address().orElse("Locations without house"))
          .add(each.readings())
          .child("(%d) %s".formatted(each.location(), each.room().orElse("NA")))
          .add(each.readings());
    }
    return root.json();
  }

  /** A node of a tree that counts. */
  private static final class Branch {
    private final String name;
    private final Map<String, Branch> children = new LinkedHashMap<>();
    private long readings;

    Branch(String name) {
      this.name = name;
    }

    Branch add(long more) {
      readings += more;
      return this;
    }

    Branch child(String childName) {
      return children.computeIfAbsent(childName, Branch::new);
    }

    Object json() {
      List<Object> below = new ArrayList<>();
      children.values().forEach(child -> below.add(child.json()));
      return Json.object("name", name, "count", readings, "children", below);
    }
  }
}
