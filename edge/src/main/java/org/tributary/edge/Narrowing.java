package org.tributary.edge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tributary.wire.Claims;
import org.tributary.wire.Difference;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.Part;
import org.tributary.wire.Position;
import org.tributary.wire.RowHash;
import org.tributary.wire.Sketches;
import org.tributary.wire.Table;
import org.tributary.wire.Window;

/**
 * Narrows days that differ to the nodes, the hours and the few rows of them that do. Every step
 * reads both databases anew: what was only on its way a moment ago is found to be no difference.
 *
 * @param salt by which keys fall into buckets
 */
record Narrowing(
    Source source, Transport transport, Table table, int columns, Position upTo, long salt) {

  private static final int NODE_DAYS_AT_ONCE = 2_000;
  private static final int BUCKETS_AT_ONCE = 400_000; // a gateway has little memory

  /** The parts of these days that differ. */
  List<Part> parts(List<Window> days) throws IOException, RefusedException {
    Map<Window, Digest> here = byNode(source, table, days, upTo);
    List<Part> parts = new ArrayList<>();
    List<Window> partly = new ArrayList<>();
    sort(compare(Grain.NODE, days, here), here, parts, partly);
    for (int from = 0; from < partly.size(); from += NODE_DAYS_AT_ONCE) {
      int end = Math.min(partly.size(), from + NODE_DAYS_AT_ONCE);
      parts.addAll(byHour(partly.subList(from, end)));
    }
    return parts;
  }

  /** What is here of some days, node by node. */
  static Map<Window, Digest> byNode(Source source, Table table, List<Window> days, Position upTo)
      throws LocalDatabaseException {
    Map<Window, Digest> here = new TreeMap<>();
    for (Window day : days) {
      here.putAll(source.digests(table, day, Grain.NODE, Optional.of(upTo)));
    }
    return here;
  }

  /** Which of them are not the same at central. */
  List<Difference> compare(Grain grain, List<Window> scope, Map<Window, Digest> here)
      throws IOException, RefusedException {
    if (scope.isEmpty()) {
      return List.of();
    }
    List<Claims.Claim> claims = new ArrayList<>();
    here.forEach((window, digest) -> claims.add(new Claims.Claim(window, digest)));
    return transport
        .compare(new Claims(table, columns, Optional.of(upTo), grain, true, scope, claims))
        .orElse(List.of());
  }

  private List<Part> byHour(List<Window> nodeDays) throws IOException, RefusedException {
    Map<Window, Digest> here = new TreeMap<>();
    Set<Window> wanted = new TreeSet<>(nodeDays);
    Set<Window> days = new TreeSet<>();
    nodeDays.forEach(each -> days.add(new Window(null, each.hour(), each.hours())));
    for (Window day : days) {
      source
          .digests(table, day, Grain.HOUR, Optional.of(upTo))
          .forEach(
              (hour, digest) -> {
                if (wanted.contains(new Window(hour.node(), day.hour(), day.hours()))) {
                  here.put(hour, digest);
                }
              });
    }
    List<Part> parts = new ArrayList<>();
    List<Window> partly = new ArrayList<>();
    sort(compare(Grain.HOUR, nodeDays, here), here, parts, partly);
    List<Window> some = new ArrayList<>();
    int buckets = 0;
    for (Window hour : partly) {
      some.add(hour);
      buckets += bucketsOf(hour, here);
      if (buckets >= BUCKETS_AT_ONCE) {
        parts.addAll(byBucket(some, here));
        some.clear();
        buckets = 0;
      }
    }
    if (!some.isEmpty()) {
      parts.addAll(byBucket(some, here));
    }
    return parts;
  }

  /** What one side has nothing of is settled as a whole; the rest is looked at more closely. */
  private static void sort(
      List<Difference> differences,
      Map<Window, Digest> here,
      List<Part> parts,
      List<Window> partly) {
    for (Difference each : differences) {
      if (each.there() == 0 || !here.containsKey(each.window())) {
        parts.add(Part.whole(each.window()));
      } else {
        partly.add(each.window());
      }
    }
  }

  private static int bucketsOf(Window hour, Map<Window, Digest> here) {
    return Sketches.bucketsFor(here.getOrDefault(hour, Digest.NONE).rows());
  }

  private List<Part> byBucket(List<Window> hours, Map<Window, Digest> here)
      throws IOException, RefusedException {
    Map<Window, long[]> sums = new TreeMap<>();
    for (Window hour : hours) {
      sums.put(hour, new long[bucketsOf(hour, here)]);
    }
    RowHash hash = new RowHash(table, columns, salt);
    new WindowedRows(source, table, upTo)
        .forEach(
            sums.keySet(),
            (rows, row, window) -> {
              long[] its = Objects.requireNonNull(sums.get(window));
              its[RowHash.bucket(hash.key(rows, row), its.length)] += hash.of(rows, row);
            });
    List<Sketches.Sketch> sketches = new ArrayList<>();
    sums.forEach(
        (window, buckets) -> {
          byte[] bytes = new byte[buckets.length];
          for (int i = 0; i < bytes.length; i++) {
            bytes[i] = Sketches.byteOf(buckets[i], salt);
          }
          sketches.add(new Sketches.Sketch(window, bytes));
        });
    return transport.sketch(new Sketches(table, columns, Optional.of(upTo), salt, sketches));
  }
}
