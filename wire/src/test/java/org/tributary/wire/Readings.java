package org.tributary.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Batches of readings, in the order and with the figures that gateways send. */
final class Readings {

  static final int TYPES = 6;

  private Readings() {}

  /** 12 nodes measure 6 things every 300 seconds; values drift by small steps. */
  static Batch simulated(int rows) {
    Random random = new Random(20150803);
    int nodes = 12;
    double[] starts = {20.5, 48.0, 600, 120, 0.85, 3.0};
    double[] steps = {0.04, 0.2, 8, 3, 0.004, 0.001};
    int[] places = {2, 2, 0, 0, 2, 2};
    double[][] now = new double[nodes][];
    for (int node = 0; node < nodes; node++) {
      now[node] = starts.clone();
    }
    Rows.Builder readings = new Rows.Builder(Tables.READING, Tables.READING.columns(), rows);
    for (int cycle = 0; readings.size() < rows; cycle++) {
      for (int node = 0; node < nodes && readings.size() < rows; node++) {
        long millis = 1_438_591_239_000L + cycle * 300_000L + node * 23_000L + random.nextInt(900);
        for (int type = 0; type < TYPES && readings.size() < rows; type++) {
          now[node][type] += random.nextGaussian() * steps[type];
          readings.addLong(0, millis * 1000);
          readings.addLong(1, 64 + node);
          readings.addLong(2, type);
          readings.addLong(3, 7 + node);
          readings.addReal(4, rounded(now[node][type], places[type]));
          readings.endRow();
        }
      }
    }
    return after(List.of(), readings.build());
  }

  /** The real readings of the four nodes in the folder {@code data}, in live order. */
  static List<Batch> real(int rowsABatch) throws IOException {
    List<Batch> batches = new ArrayList<>();
    Rows.Builder readings = new Rows.Builder(Tables.READING, Tables.READING.columns(), rowsABatch);
    for (Map.Entry<Long, List<String>> sample : samples().entrySet()) {
      long node = sample.getKey() % 100;
      for (int type = 0; type < TYPES; type++) {
        readings.addLong(0, sample.getKey() / 100 * 10_000);
        readings.addLong(1, node);
        readings.addLong(2, type);
        readings.addLong(3, 7 + node);
        readings.addReal(4, Double.parseDouble(sample.getValue().get(1 + type)));
        readings.endRow();
        if (readings.size() == rowsABatch) {
          batches.add(after(batches, readings.build()));
          readings = new Rows.Builder(Tables.READING, Tables.READING.columns(), rowsABatch);
        }
      }
    }
    if (readings.size() > 0) {
      batches.add(after(batches, readings.build()));
    }
    return batches;
  }

  /** What the same nodes told of themselves with each sample. */
  static List<Batch> realStates(int rowsABatch) throws IOException {
    List<Batch> batches = new ArrayList<>();
    List<Column> columns = Tables.NODE_STATE.columns();
    Rows.Builder states = new Rows.Builder(Tables.NODE_STATE, columns, rowsABatch);
    for (Map.Entry<Long, List<String>> sample : samples().entrySet()) {
      states.addLong(0, sample.getKey() / 100 * 10_000);
      states.addLong(1, sample.getKey() % 100);
      states.addLong(2, Long.parseLong(sample.getValue().get(7)));
      states.addNull(3);
      states.addLong(4, Long.parseLong(sample.getValue().get(9)));
      states.addLong(5, Long.parseLong(sample.getValue().get(8)));
      states.endRow();
      if (states.size() == rowsABatch) {
        batches.add(after(batches, states.build()));
        states = new Rows.Builder(Tables.NODE_STATE, columns, rowsABatch);
      }
    }
    if (states.size() > 0) {
      batches.add(after(batches, states.build()));
    }
    return batches;
  }

  /** By hundredths of seconds, times 100, plus the node; six values a sample. */
  private static SortedMap<Long, List<String>> samples() throws IOException {
    SortedMap<Long, List<String>> samples = new TreeMap<>();
    for (int node : new int[] {1, 2, 10, 11}) {
      Path file = Path.of("../data/node_" + node + ".csv.gz");
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          List<String> fields = List.of(line.split(",", -1));
          long hundredths = new BigDecimal(fields.get(0)).movePointRight(2).longValueExact();
          samples.put(hundredths * 100 + node, fields);
        }
      }
    }
    return samples;
  }

  private static Batch after(List<Batch> before, Rows rows) {
    Optional<Position> after =
        before.isEmpty() ? Optional.empty() : before.get(before.size() - 1).upTo();
    Optional<Position> last = Optional.of(rows.keyAt(rows.size() - 1));
    return new Batch(rows.table(), Lane.LIVE, after, last, rows, List.of());
  }

  private static double rounded(double value, int places) {
    double power = Math.pow(10, places);
    return Math.rint(value * power) / power;
  }
}
