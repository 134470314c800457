package org.tributary.acceptance.faults;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All that is done to the system, and where the rest is done. */
final class Catalogue {
  private Catalogue() {}

  static List<Fault> all() {
    return Stream.of(
            ProcessFaults.all(),
            DiskFaults.all(),
            NetworkFaults.all(),
            NameFaults.all(),
            ProxyFaults.all(),
            DataFaults.all(),
            ClockFaults.all())
        .flatMap(List::stream)
        .toList();
  }

  /** Those that {@code -Dtributary.faults} names; all without it. */
  static List<Fault> chosen() {
    String ids = System.getProperty("tributary.faults", "");
    List<String> named = List.of(ids.split(",", -1));
    return all().stream().filter(each -> ids.isEmpty() || named.contains(each.id())).toList();
  }

  /** Faults that other tests do, by their catalogue's number. */
  static Map<String, String> elsewhere() {
    Map<String, String> where = new LinkedHashMap<>();
    where.put("P9 crash during an upgrade", "`store.upgrade.OriginalUpgradeTest`");
    where.put(
        "P7 unsynced writes lost, D6 a disk that fails",
        "the `…DiskTest`s, for the files of gateway and central");
    where.put(
        "NET2 every byte of an exchange",
        "`edge.ChaosTest` (every fifth; every one with `-Dtributary.chaos.stride=1`)");
    where.put("NET8 certificates", "`acceptance.tls.TlsTest`, `edge.doctor.TlsCheckTest`");
    where.put("NET10, L7 long simulated lives", "`edge.ReplicationSimulationTest`");
    where.put(
        "T2, T3 time set late, changes of the clocks",
        "`edge.ClockTroubleTest`, `store.LocalTimesTest`");
    where.put(
        "NET11 a herd of gateways",
        "`bench/fleet.sh`: a thousand at once; how they are spread, `server.http.AdmissionTest`");
    where.put("M2 a copied card", "`store.ingest.NameHoldersTest`");
    where.put(
        "M3 names, moves, merges, undo",
        "`store.ingest.MappingPropertyTest`, `edge.UndoneDecisionTest`");
    where.put("M4 edits at both ends", "`edge.MetadataConvergenceTest`");
    where.put("M5 a gateway replaced", "`edge.RestorationTest`");
    where.put("M7 remotes come and go", "`acceptance.push.PushProcessTest`");
    where.put("NaN, nulls, texts for numbers", "`store.TroubleTest`, `edge.DirectSetAsideTest`");
    where.put(
        "L1 throughput, L3 memory with a backlog of ten million",
        "`bench/push.sh`, `bench/run` ([performance](performance.md))");
    where.put("L2 a thousand gateways", "`bench/fleet.sh`: all of them at once, not for a day");
    where.put("L4 bytes to the flash card, L5 over the link", "`bench/quiet-day.sh`");
    where.put("L6 all faults mixed, for days", "not done");
    return where;
  }
}
