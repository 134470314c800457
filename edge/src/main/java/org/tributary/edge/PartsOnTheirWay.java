package org.tributary.edge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.tributary.wire.Batch;
import org.tributary.wire.Contents;
import org.tributary.wire.Lane;
import org.tributary.wire.Part;
import org.tributary.wire.RowHash;
import org.tributary.wire.Rows;
import org.tributary.wire.Sketches;
import org.tributary.wire.Window;

/**
 * Puts the rows of parts into batches and sends these, newest day first, as many parts together as
 * make a batch. Not thread-safe.
 */
final class PartsOnTheirWay {

  /** Takes a batch to central. */
  interface Sender {
    void send(Batch batch) throws IOException, RefusedException;
  }

  private final WindowedRows windowed;
  private final Contents form;
  private final BatchSize batchSize;
  private final Sender sender;
  private final List<Part> together = new ArrayList<>();
  private GatheredRows rows;

  /**
   * @param form what is said beside the rows, without the parts
   */
  PartsOnTheirWay(WindowedRows windowed, Contents form, BatchSize batchSize, Sender sender) {
    this.windowed = windowed;
    this.form = form;
    this.batchSize = batchSize;
    this.sender = sender;
    this.rows = new GatheredRows(windowed.table());
  }

  /** Sends all rows of these parts, and that these are all. */
  void send(List<Part> parts) throws IOException, RefusedException {
    Map<Long, List<Part>> days = new TreeMap<>(Comparator.reverseOrder());
    for (Part part : parts) {
      days.computeIfAbsent(
              Math.floorDiv(part.window().hour(), (long) Window.DAY), day -> new ArrayList<>())
          .add(part);
    }
    for (List<Part> day : days.values()) {
      Map<Window, GatheredRows> found = gather(day);
      for (Part part : day) {
        GatheredRows its = found.get(part.window());
        take(part, its == null ? Rows.none(windowed.table()) : its.rows());
      }
    }
    flush();
  }

  private Map<Window, GatheredRows> gather(List<Part> parts) throws LocalDatabaseException {
    Map<Window, Part> byWindow = new HashMap<>();
    parts.forEach(part -> byWindow.put(part.window(), part));
    RowHash hash = hash();
    Map<Window, GatheredRows> found = new HashMap<>();
    windowed.forEach(
        byWindow.keySet(),
        (some, row, window) -> {
          if (Objects.requireNonNull(byWindow.get(window)).has(hash.key(some, row))) {
            found
                .computeIfAbsent(window, each -> new GatheredRows(windowed.table()))
                .add(some, row);
          }
        });
    return found;
  }

  private void take(Part part, Rows its) throws IOException, RefusedException {
    if (its.size() > batchSize.rows()) {
      flush();
      takeInPieces(part, its);
      return;
    }
    if (rows.size() + its.size() > batchSize.rows()) {
      flush();
    }
    rows.add(its);
    together.add(part);
  }

  /** More rows than a batch may have: bucket by bucket. */
  private void takeInPieces(Part part, Rows all) throws IOException, RefusedException {
    BitSet chosen = part.chosen();
    int buckets = part.buckets();
    if (buckets == 1) {
      int wanted = all.size() / Math.max(1, batchSize.rows() / 2) + 1;
      buckets = Math.min(Sketches.MOST_BUCKETS, wanted);
      chosen = new BitSet();
      chosen.set(0, buckets);
    }
    RowHash hash = hash();
    for (int i = chosen.nextSetBit(0); i >= 0; i = chosen.nextSetBit(i + 1)) {
      BitSet one = new BitSet();
      one.set(i);
      Part piece = new Part(part.window(), buckets, one);
      rows.add(all, row -> piece.has(hash.key(all, row)));
      together.add(piece);
      flush();
    }
  }

  private RowHash hash() {
    return new RowHash(windowed.table(), form.columns(), form.salt());
  }

  private void flush() throws IOException, RefusedException {
    if (!together.isEmpty()) {
      Contents contents =
          new Contents(form.columns(), form.upTo(), form.salt(), form.mirrored(), together);
      Batch batch =
          new Batch(
              windowed.table(),
              Lane.HISTORY,
              Optional.empty(),
              Optional.empty(),
              rows.rows(),
              List.of(),
              Optional.of(contents));
      together.clear();
      rows = new GatheredRows(windowed.table());
      sender.send(batch);
    }
  }
}
