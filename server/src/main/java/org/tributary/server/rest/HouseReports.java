package org.tributary.server.rest;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.report.DailyCounts;
import org.tributary.store.report.DailySummary;
import org.tributary.store.report.EnergyUse;
import org.tributary.store.report.HouseRooms;
import org.tributary.store.report.Span;

/** What programs ask of houses and of the readings of their nodes. */
final class HouseReports {

  private static final String ELECTRIC = "electric";
  private static final String GAS = "gas";

  private final HouseRooms houseRooms;
  private final DailyCounts dailyCounts;
  private final DailySummary dailySummary;
  private final EnergyUse energyUse;

  HouseReports(Database database) {
    this.houseRooms = new HouseRooms(database);
    this.dailyCounts = new DailyCounts(database);
    this.dailySummary = new DailySummary(database);
    this.energyUse = new EnergyUse(database);
  }

  Object rooms(Asked asked) throws IOException {
    Optional<Long> house = asked.idOr(Asked.ID);
    return house.isEmpty()
        ? List.of()
        : houseRooms.of(house.get()).stream()
            .map(each -> Json.object("id", each.location(), "name", each.room().orElse("noRoom")))
            .toList();
  }

  Object counts(Asked asked) throws IOException {
    Optional<Long> node = asked.idOr("node");
    Optional<Long> type = asked.number("typeid");
    return node.isEmpty()
        ? List.of()
        : dailyCounts.of(node.get(), type).stream()
            .map(each -> List.of(each.day().toString(), each.readings()))
            .toList();
  }

  Object summary(Asked asked) throws IOException {
    Optional<Long> node = asked.number("nodeId");
    long type = asked.number("typeId").orElse(0L);
    Span days = days(asked);
    return node.isEmpty()
        ? List.of()
        : dailySummary.of(node.get(), type, days).stream()
            .map(
                each ->
                    Json.object(
                        "date", each.day().toString(),
                        "dom", "%02d".formatted(each.day().getDayOfMonth()),
                        "min", each.min(),
                        "max", each.max(),
                        "avg", each.mean()))
            .toList();
  }

  Object energySummary(Asked asked) throws IOException {
    Optional<Long> node = asked.number("nodeId");
    String type = asked.text("type").orElse(ELECTRIC).toLowerCase(Locale.ROOT);
    if (!type.equals(ELECTRIC) && !type.equals(GAS)) {
      throw Asked.wrong("type", "electric or gas", type);
    }
    Span days = days(asked);
    ChronoUnit unit = unit(asked);
    if (node.isEmpty()) {
      return List.of();
    }
    List<EnergyUse.Use> uses =
        type.equals(GAS)
            ? energyUse.gasOfNode(node.get(), days, unit)
            : energyUse.electricOfNode(node.get(), days, unit);
    return uses.stream()
        .map(use -> Json.object("time", use.begin(), "kWh", use.kilowattHours()))
        .toList();
  }

  /** From the start date up to the end of the end date; either may be left out. */
  static Span days(Asked asked) throws IOException {
    return Span.ofDays(asked.date("startdate"), asked.date("enddate"));
  }

  static ChronoUnit unit(Asked asked) throws IOException {
    return asked.flag("daily") ? ChronoUnit.DAYS : ChronoUnit.HOURS;
  }
}
