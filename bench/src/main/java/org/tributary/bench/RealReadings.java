package org.tributary.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The real readings of the folder {@code data}, as samples in the order of their time. */
final class RealReadings {

  static final List<Integer> NODES = List.of(1, 2, 10, 11);

  /**
   * One line of a file.
   *
   * @param micros since 1970 UTC
   * @param values temperature, humidity, ADC 0, ADC 1, ADC 2, battery voltage
   */
  record Sample(
      int node, long micros, List<Double> values, long parent, long rssi, long sequence) {}

  private RealReadings() {}

  static List<Sample> all(Path data) throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (int node : NODES) {
      try (InputStream file = Files.newInputStream(data.resolve("node_" + node + ".csv.gz"));
          BufferedReader lines =
              new BufferedReader(
                  new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          samples.add(sample(node, line.split(",")));
        }
      }
    }
    samples.sort(Comparator.comparingLong(Sample::micros));
    return samples;
  }

  private static Sample sample(int node, String[] fields) {
    List<Double> values = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      values.add(Double.valueOf(fields[i]));
    }
    return new Sample(
        node,
        new BigDecimal(fields[0]).movePointRight(6).longValueExact(),
        values,
        Long.parseLong(fields[7]),
        Long.parseLong(fields[8]),
        Long.parseLong(fields[9]));
  }
}
