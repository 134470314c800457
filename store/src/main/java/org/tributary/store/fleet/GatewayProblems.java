package org.tributary.store.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Counted;
import org.tributary.store.DurationWords;
import org.tributary.store.fleet.FleetGateway.House;
import org.tributary.wire.Rule;

/** Problems that show in how gateways are. */
record GatewayProblems(List<FleetGateway> gateways, Instant now, String version) {

  /** Those that fall silent so soon after each other may have done so for one cause. */
  private static final Duration TOGETHER = Duration.ofMinutes(10);

  private static final Duration STALE = Duration.ofDays(1);

  List<Problem> all() {
    List<FleetGateway> pushing =
        gateways.stream().filter(each -> !each.name().equals(Verdict.REST)).toList();
    List<Problem> all = new ArrayList<>();
    for (FleetGateway each : pushing) {
      if (each.state() == FleetState.STOPPED) {
        all.add(stopped(each));
      } else if (isClockToldOf(each)) {
        all.add(clockOff(each));
      }
    }
    all.addAll(silent(pushing));
    one(ProblemKind.NOTHING_NEW, pushing.stream().filter(this::hasNothingNew).toList())
        .ifPresent(all::add);
    one(
            ProblemKind.NEVER_COMPARED,
            pushing.stream().filter(each -> each.state() == FleetState.NOT_COMPARED).toList())
        .ifPresent(all::add);
    one(ProblemKind.OLD_VERSION, pushing.stream().filter(this::isOld).toList()).ifPresent(all::add);
    return all;
  }

  /** Whether a clock is a problem of its own, together with what is set aside because of it. */
  static boolean isClockToldOf(FleetGateway gateway) {
    return gateway.state() != FleetState.STOPPED && Verdict.isClockOff(gateway.contact());
  }

  private Problem stopped(FleetGateway gateway) {
    return problem(
        ProblemKind.STOPPED,
        "Two machines go by the name %s, and both are refused".formatted(gateway.name()),
        Optional.of(gateway.contact().last()),
        List.of(gateway),
        "Nothing is lost: both keep their rows until somebody decides.",
        "Give one of them a name of its own (gateway = … in [general]) or switch it off; then let"
            + " the other on again.",
        List.of("tributary gateway release %s --db URL".formatted(gateway.name())));
  }

  private Problem clockOff(FleetGateway gateway) {
    Duration offset = gateway.contact().clockOffset();
    long apart = gateway.setAside().getOrDefault(Rule.CLOCK_UNTRUSTED, 0L);
    return problem(
        ProblemKind.CLOCK_OFF,
        "The clock of %s is %s %s"
            .formatted(
                gateway.name(), DurationWords.of(offset), offset.isNegative() ? "behind" : "ahead"),
        Optional.empty(),
        List.of(gateway),
        (offset.isNegative()
                ? "No reading is lost, but each stands under a time that is too early."
                : "No reading is lost: what is stamped too far ahead is kept apart.")
            + (apart == 0
                ? ""
                : " %s with stamps that nobody trusts %s here."
                    .formatted(Counted.of(apart, "row"), apart == 1 ? "waits" : "wait")),
        "Set the clock at the gateway, and let it keep the time (timedatectl set-ntp true); then"
            + " say what the stamps are worth.",
        List.of(
            "tributary setaside replay --gateway %s --rule clock-untrusted --shift SECONDS --db URL"
                .formatted(gateway.name())));
  }

  /** Those that fell silent within minutes of each other are one problem. */
  private List<Problem> silent(List<FleetGateway> all) {
    List<FleetGateway> silent =
        all.stream()
            .filter(each -> each.state() != FleetState.STOPPED)
            .filter(each -> Verdict.isSilent(each.contact(), now))
            .sorted(Comparator.comparing(each -> each.contact().last()))
            .toList();
    List<Problem> problems = new ArrayList<>();
    List<FleetGateway> group = new ArrayList<>();
    for (FleetGateway each : silent) {
      if (!group.isEmpty()
          && group
              .get(group.size() - 1)
              .contact()
              .last()
              .plus(TOGETHER)
              .isBefore(each.contact().last())) {
        problems.add(silentTogether(group));
        group.clear();
      }
      group.add(each);
    }
    if (!group.isEmpty()) {
      problems.add(silentTogether(group));
    }
    return problems;
  }

  private Problem silentTogether(List<FleetGateway> group) {
    Instant since = group.get(0).contact().last();
    String length = DurationWords.of(Duration.between(since, now));
    boolean isOne = group.size() == 1;
    return problem(
        ProblemKind.SILENT,
        isOne
            ? "%s has not been heard for %s".formatted(group.get(0).name(), length)
            : "%,d gateways fell silent within minutes of each other, %s ago"
                .formatted(group.size(), length),
        Optional.of(since),
        group,
        "Nothing is lost as long as the gateway's database is: what it recorded since is there, and"
            + " comes by itself once it is in touch.",
        isOne
            ? "See whether it has power and network; then, at the gateway:"
            : "Look for what they share: provider, power, network; then, at one of them:",
        List.of("tributary doctor --config FILE"));
  }

  private boolean hasNothingNew(FleetGateway gateway) {
    return gateway.proof().reached().isPresent()
        && !Verdict.isSilent(gateway.contact(), now)
        && gateway.proof().reached().get().plus(STALE).isBefore(gateway.contact().last());
  }

  private boolean isOld(FleetGateway gateway) {
    return Versions.isOlder(gateway.version(), version);
  }

  private Optional<Problem> one(ProblemKind kind, List<FleetGateway> hit) {
    if (hit.isEmpty()) {
      return Optional.empty();
    }
    String who = hit.size() == 1 ? hit.get(0).name() : "%,d gateways".formatted(hit.size());
    boolean isOne = hit.size() == 1;
    return Optional.of(
        switch (kind) {
          case NOTHING_NEW ->
              problem(
                  kind,
                  "%s %s in touch, and %s no new readings"
                      .formatted(who, isOne ? "is" : "are", isOne ? "has" : "have"),
                  hit.stream()
                      .flatMap(each -> each.proof().reached().stream())
                      .min(Instant::compareTo),
                  hit,
                  "What was not recorded can't be brought back.",
                  "See whether the logger and the base station work; then, at the gateway:",
                  List.of("tributary doctor --config FILE"));
          case NEVER_COMPARED ->
              problem(
                  kind,
                  "Nothing of %s was ever compared".formatted(who),
                  hit.stream().map(each -> each.contact().first()).min(Instant::compareTo),
                  hit,
                  "Nobody knows whether all that was recorded is here.",
                  "At the gateway, see whether its pushes end well, and compare:",
                  List.of("tributary status --config FILE", "tributary verify --config FILE"));
          default ->
              problem(
                  kind,
                  "%s %s an older version than central's %s"
                      .formatted(who, isOne ? "runs" : "run", version),
                  Optional.empty(),
                  hit,
                  "Nothing is lost: older gateways are understood.",
                  "Install %s there when it suits you.".formatted(version),
                  List.of());
        });
  }

  private static Problem problem(
      ProblemKind kind,
      String title,
      Optional<Instant> since,
      List<FleetGateway> hit,
      String consequence,
      String step,
      List<String> commands) {
    List<House> houses = hit.stream().flatMap(each -> each.houses().stream()).distinct().toList();
    return new Problem(
        kind,
        title,
        since,
        hit.stream().map(FleetGateway::name).toList(),
        houses,
        hit.stream().mapToLong(each -> each.unsent().rows()).sum(),
        consequence,
        step,
        commands);
  }
}
