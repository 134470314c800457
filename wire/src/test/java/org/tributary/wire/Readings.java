package org.tributary.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
    return batch(readings.build());
  }

  /** The first readings of the four nodes in the folder {@code data}; six a sample. */
  static Batch real(int rows) throws IOException {
    TreeMap<Long, List<String>> samples = new TreeMap<>(); // by time, then node
    for (int node : new int[] {1, 2, 10, 11}) {
      Path file = Path.of("../data/node_" + node + ".csv.gz");
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
        for (int i = 0; i < rows / TYPES; i++) {
          List<String> fields = List.of(lines.readLine().split(",", -1));
          long hundredths = new BigDecimal(fields.get(0)).movePointRight(2).longValueExact();
          samples.put(hundredths * 100 + node, fields);
        }
      }
    }
    Rows.Builder readings = new Rows.Builder(Tables.READING, Tables.READING.columns(), rows);
    samples.forEach(
        (timeAndNode, fields) -> {
          for (int type = 0; type < TYPES && readings.size() < rows; type++) {
            readings.addLong(0, timeAndNode / 100 * 10_000);
            readings.addLong(1, timeAndNode % 100);
            readings.addLong(2, type);
            readings.addLong(3, 7 + timeAndNode % 100);
            readings.addReal(4, Double.parseDouble(fields.get(1 + type)));
            readings.endRow();
          }
        });
    return batch(readings.build());
  }

  private static Batch batch(Rows rows) {
    Optional<Position> last = Optional.of(rows.keyAt(rows.size() - 1));
    return new Batch(Tables.READING, Lane.LIVE, Optional.empty(), last, rows, List.of());
  }

  private static double rounded(double value, int places) {
    double power = Math.pow(10, places);
    return Math.rint(value * power) / power;
  }
}
