package org.tributary.acceptance.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The samples of real nodes that lie in the repository's {@code data} folder. */
public final class RealReadings {
  /** The nodes that have a file. */
  public static final List<Integer> NODES = List.of(1, 2, 10, 11);

  private RealReadings() {}

  /**
   * What a node measured at one moment, and how it reached the base station. Some values are
   * nonsense, up to 1.4e38 in size: the radio does that.
   */
  public record Sample(
      int nodeId,
      Instant time,
      double temperature,
      double humidity,
      double adc0,
      double adc1,
      double adc2,
      double battery,
      int parent,
      int rssi,
      int sequenceNumber) {}

  /** One node's samples in order of time. To be closed. */
  public static Stream<Sample> ofNode(int nodeId) {
    Path file = root().resolve("data").resolve("node_%d.csv.gz".formatted(nodeId));
    try {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII));
      return lines.lines().map(line -> sample(nodeId, line)).onClose(() -> close(lines));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /** The samples of all nodes in order of time, as a gateway hears them; 113,000 at most. */
  public static List<Sample> first(int maxSamples) {
    List<Sample> heard = new ArrayList<>();
    for (int nodeId : NODES) {
      try (Stream<Sample> samples = ofNode(nodeId)) {
        samples.limit(maxSamples).forEach(heard::add);
      }
    }
    heard.sort(Comparator.comparing(Sample::time));
    return heard.subList(0, Math.min(maxSamples, heard.size()));
  }

  private static Sample sample(int nodeId, String line) {
    String[] fields = line.split(",", -1);
    return new Sample(
        nodeId,
        time(fields[0]),
        Double.parseDouble(fields[1]),
        Double.parseDouble(fields[2]),
        Double.parseDouble(fields[3]),
        Double.parseDouble(fields[4]),
        Double.parseDouble(fields[5]),
        Double.parseDouble(fields[6]),
        Integer.parseInt(fields[7]),
        Integer.parseInt(fields[8]),
        Integer.parseInt(fields[9]));
  }

  /** Seconds with exactly two decimals; not by way of a double, which would be off by a little. */
  private static Instant time(String seconds) {
    long hundredths = Long.parseLong(seconds.replace(".", ""));
    return Instant.ofEpochMilli(hundredths * 10);
  }

  private static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("data/README.md"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new IllegalStateException("No folder above this one has data/README.md");
      }
    }
    return directory;
  }

  private static void close(BufferedReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
