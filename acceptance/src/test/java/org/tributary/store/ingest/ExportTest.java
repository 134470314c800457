package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.READING;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.certificate.FileCheck;
import org.tributary.store.certificate.Issue;
import org.tributary.store.certificate.SignedCertificate;
import org.tributary.store.certificate.SigningKey;
import org.tributary.store.completeness.Completeness;
import org.tributary.store.completeness.HouseCompleteness.House;
import org.tributary.store.export.HouseExport;
import org.tributary.store.export.HouseExport.Exported;
import org.tributary.store.report.Span;
import org.tributary.wire.Batch;
import org.tributary.wire.Lane;

/** What a house's readings are as a file, and what a certificate says of such files. */
class ExportTest {

  private static final Instant MIDNIGHT = Instant.parse("2016-05-30T00:00:00Z");
  private static final Span DAYS =
      Span.ofDays(Optional.of(MIDNIGHT), Optional.of(MIDNIGHT.plus(Duration.ofDays(1))));

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void write_givesTheReadingsOfTheHouseAndDaysToTheBitInTheOrderOfTheirKey(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7, 8);
      gateway.live(
          READING,
          row(MIDNIGHT.minusNanos(1_000), 7, 0, 1L, 1.0),
          row(MIDNIGHT, 7, 0, 1L, 0.1 + 0.2),
          row(MIDNIGHT, 7, 2, 1L, 55.0),
          row(MIDNIGHT, 8, 0, 2L, -0.0),
          row(MIDNIGHT.plusNanos(123_456_000), 7, 0, 1L, 1e-300),
          row(MIDNIGHT.plus(Duration.ofDays(2)).minusNanos(1_000), 8, 2, 2L, null),
          row(MIDNIGHT.plus(Duration.ofDays(2)), 7, 0, 1L, 2.0));
      Feed neighbour = central.gateway("neighbour");
      neighbour.house(10, "D", "2 High Street", 9);
      neighbour.live(READING, row(MIDNIGHT, 9, 0, 11L, 3.0));
      List<Object> ids = central.column(READING, "locationId");
      Object living = ids.get(0);
      Object bath =
          central.rows(READING).stream()
              .filter(each -> each.get(1).equals(8L))
              .findFirst()
              .orElseThrow()
              .get(3);

      ByteArrayOutputStream csv = new ByteArrayOutputStream();
      Exported exported = export(central).write(house(central), DAYS, csv).orElseThrow();

      assertThat(csv.toString(StandardCharsets.UTF_8))
          .isEqualTo(
              """
              time,nodeId,type,locationId,value,room,sensor,unit
              2016-05-30T00:00:00.000000Z,7,0,%1$s,0.30000000000000004,Living Room,Temperature,deg.C
              2016-05-30T00:00:00.000000Z,7,2,%1$s,55,Living Room,Humidity,%%
              2016-05-30T00:00:00.000000Z,8,0,%2$s,0,Bathroom,Temperature,deg.C
              2016-05-30T00:00:00.123456Z,7,0,%1$s,1E-300,Living Room,Temperature,deg.C
              2016-05-31T23:59:59.999999Z,8,2,%2$s,,Bathroom,Humidity,%%
              """
                  .formatted(living, bath));
      assertThat(exported.file().rows()).isEqualTo(5);
      assertThat(exported.file().bytes()).isEqualTo(csv.size());
      assertThat(exported.completeness().present()).isEqualTo(5);
      assertThat(export(central).measure(house(central), DAYS).orElseThrow().file())
          .isEqualTo(exported.file());
      SignedCertificate signed = certificate(exported, SigningKey.create(folder.resolve("key")));
      assertThat(check(signed, csv.toString(StandardCharsets.UTF_8)).toTheByte()).isTrue();
      assertThat(new String(signed.bytes(), StandardCharsets.UTF_8))
          .contains("\"gateway\" : \"gw\"", "\"version\" : \"0.1.0\"")
          .doesNotContain("neighbour");
    }
  }

  @Test
  void check_ofWhatWasExported_isGreenAndAfterAnySingleChangeItIsRed() throws Exception {
    SigningKey key = SigningKey.create(folder.resolve("key"));
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7, 8, 9);
      for (long seed = 0; seed < 12; seed++) {
        Random random = new Random(seed);
        central.execute("DELETE FROM @Reading@");
        load(gateway, random);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Exported exported = export(central).write(house(central), DAYS, bytes).orElseThrow();
        String csv = bytes.toString(StandardCharsets.UTF_8);
        SignedCertificate signed = SignedCertificate.read(certificate(exported, key).bytes());
        assertThat(signed.isIntact()).isTrue();
        FileCheck whole = check(signed, csv);
        assertThat(whole.isSame()).as("seed %d: %s", seed, whole).isTrue();
        assertThat(whole.toTheByte()).isTrue();
        assertThat(check(signed, shuffled(csv, random)).isSame()).as("seed %d", seed).isTrue();
        for (int i = 0; i < 60; i++) {
          String changed = SingleChange.of(csv, random);
          assertThat(check(signed, changed).isSame())
              .as("seed %d, change %d:%n%s", seed, i, changed)
              .isFalse();
        }
      }
    }
  }

  @Test
  void isIntact_afterAnySingleChangeOfTheCertificate_isFalseOrItIsNone() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7, 8, 9);
      load(gateway, new Random(1));
      Exported exported = export(central).measure(house(central), DAYS).orElseThrow();
      byte[] file = certificate(exported, SigningKey.create(folder.resolve("key"))).bytes();
      String text = new String(file, StandardCharsets.UTF_8);
      Random random = new Random(2);
      int changes = 0;
      for (int i = 0; i < 500; i++) {
        int at = random.nextInt(text.length());
        char other = (char) (' ' + random.nextInt(90));
        if (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == other) {
          continue; // how it is laid out is not signed
        }
        String changed = text.substring(0, at) + other + text.substring(at + 1);
        if (isIntact(changed) && !isSamePadding(text, at)) {
          throw new AssertionError("%s for %s at %d".formatted(other, text.charAt(at), at));
        }
        changes++;
      }
      assertThat(changes).isGreaterThan(200);
      assertThat(isIntact(text)).isTrue();
      assertThat(isIntact(text.replaceAll("\\s*\n\\s*", ""))).isTrue();
    }
  }

  /** The last digit of a signature in base64 has bits that count for nothing. */
  private static boolean isSamePadding(String text, int at) {
    return text.startsWith("==", at + 1);
  }

  private static boolean isIntact(String text) {
    try {
      return SignedCertificate.read(text.getBytes(StandardCharsets.UTF_8)).isIntact();
    } catch (IOException e) {
      return false;
    }
  }

  private static void load(Feed gateway, Random random) throws Exception {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(80); i++) {
      Instant time =
          MIDNIGHT.plus(Duration.ofMinutes(36L * i).plusNanos(random.nextInt(9) * 1_000L));
      int node = 7 + random.nextInt(3);
      rows.add(
          row(time, node, random.nextBoolean() ? 0 : 2, 1L + random.nextInt(2), value(random)));
    }
    gateway.accept(
        new Batch(
            READING,
            Lane.HISTORY,
            Optional.empty(),
            Optional.empty(),
            Feed.rows(READING, rows.toArray(Object[][]::new)),
            List.of()));
  }

  private static Double value(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> null;
      case 1 -> random.nextGaussian() * 1e9;
      case 2 -> Double.longBitsToDouble(random.nextLong() >>> 2);
      default -> Math.rint(random.nextDouble() * 500) / 10;
    };
  }

  private static String shuffled(String csv, Random random) {
    List<String> lines = new ArrayList<>(csv.lines().toList());
    String titles = lines.remove(0);
    Collections.shuffle(lines, random);
    return titles + "\n" + lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static HouseExport export(Central central) {
    return new HouseExport(central.database, central.clock);
  }

  private static House house(Central central) throws Exception {
    return new Completeness(central.database, central.clock)
        .houses(Optional.of("1 High Street"))
        .get(0);
  }

  private static SignedCertificate certificate(Exported exported, SigningKey key) {
    Issue issue =
        new Issue(
            "Tributary test",
            Central.NOW,
            LocalDate.parse("2016-05-30"),
            LocalDate.parse("2016-05-31"));
    return SignedCertificate.issue(exported, issue, key);
  }

  private static FileCheck check(SignedCertificate signed, String csv) throws Exception {
    return FileCheck.of(
        signed.certified(), new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
  }
}
