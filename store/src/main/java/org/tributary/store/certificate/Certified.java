package org.tributary.store.certificate;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tributary.store.export.ExportedFile;
import org.tributary.store.export.Names;
import org.tributary.store.export.Names.SensorName;
import org.tributary.store.export.NodeOnDay;
import org.tributary.wire.Digest;
import org.tributary.wire.WireFormatException;

/**
 * What a certificate says, as far as a file of readings can be held against it. Immutable.
 *
 * @param issuer the key that it says it was signed by
 * @param issuedAt as it is written there
 * @param expected how many readings there should be
 * @param export what the file of these readings is, to the byte
 * @param days the digest of what is there of each node's day; only days of which something is
 */
public record Certified(
    IssuerKey issuer,
    String issuedAt,
    String software,
    String address,
    String firstDay,
    String lastDay,
    long expected,
    ExportedFile export,
    Names names,
    SortedMap<NodeOnDay, Digest> days) {

  public Certified {
    requireNonNull(issuer);
    requireNonNull(export);
    requireNonNull(names);
    days = Collections.unmodifiableSortedMap(new TreeMap<>(days));
  }

  /**
   * Reads what stands in a certificate.
   *
   * @throws WireFormatException if it is none, or one of a newer program; a sentence
   */
  static Certified of(Map<?, ?> json) throws WireFormatException {
    if (!CertificateJson.KIND.equals(json.get("kind"))) {
      throw new WireFormatException("It is no completeness certificate of Tributary");
    }
    if (number(json, "format") != CertificateJson.FORMAT) {
      throw new WireFormatException(
          "It is a certificate of format %d, and this program knows %d; a newer one can check it"
              .formatted(number(json, "format"), CertificateJson.FORMAT));
    }
    Map<?, ?> issued = object(json, "issued");
    Map<?, ?> export = object(json, "export");
    Map<?, ?> completeness = object(json, "completeness");
    try {
      return new Certified(
          IssuerKey.of(text(issued, "publicKey")),
          text(issued, "at"),
          text(issued, "software"),
          text(completeness, "address"),
          text(json, "firstDay"),
          text(json, "lastDay"),
          number(completeness, "expected"),
          new ExportedFile(number(export, "rows"), number(export, "bytes"), text(export, "sha256")),
          names(object(json, "names")),
          days(completeness));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new WireFormatException("It is no certificate: " + e.getMessage(), e);
    }
  }

  private static Names names(Map<?, ?> json) throws WireFormatException {
    SortedMap<Long, String> rooms = new TreeMap<>();
    Map<?, ?> roomTexts = object(json, "rooms");
    for (Object id : roomTexts.keySet()) {
      rooms.put(Long.valueOf((String) id), text(roomTexts, (String) id));
    }
    SortedMap<Long, SensorName> sensors = new TreeMap<>();
    Map<?, ?> sensorTexts = object(json, "sensors");
    for (Object id : sensorTexts.keySet()) {
      Map<?, ?> sensor = object(sensorTexts, (String) id);
      sensors.put(
          Long.valueOf((String) id), new SensorName(text(sensor, "name"), text(sensor, "unit")));
    }
    return new Names(rooms, sensors);
  }

  private static SortedMap<NodeOnDay, Digest> days(Map<?, ?> completeness)
      throws WireFormatException {
    SortedMap<NodeOnDay, Digest> days = new TreeMap<>();
    if (!(completeness.get("days") instanceof List<?> all)) {
      throw lacks("days");
    }
    for (Object each : all) {
      if (!(each instanceof Map<?, ?> day)) {
        throw lacks("days");
      }
      Digest digest =
          new Digest(number(day, "present"), Long.parseUnsignedLong(text(day, "digest"), 16));
      if (!digest.equals(Digest.NONE)) {
        NodeOnDay of = new NodeOnDay(LocalDate.parse(text(day, "day")), number(day, "node"));
        if (days.put(of, digest) != null) {
          throw new WireFormatException("It is no certificate: it says two things of one day");
        }
      }
    }
    return days;
  }

  private static Map<?, ?> object(Map<?, ?> json, String name) throws WireFormatException {
    if (json.get(name) instanceof Map<?, ?> object) {
      return object;
    }
    throw lacks(name);
  }

  private static String text(Map<?, ?> json, String name) throws WireFormatException {
    if (json.get(name) instanceof String text) {
      return text;
    }
    throw lacks(name);
  }

  /** A whole number; a large one is a text. */
  private static long number(Map<?, ?> json, String name) throws WireFormatException {
    @Nullable Object value = json.get(name);
    try {
      if (value instanceof Integer || value instanceof Long || value instanceof String) {
        return Long.parseLong(value.toString());
      }
    } catch (NumberFormatException e) {
      throw new WireFormatException("It is no certificate: \"%s\" is no number".formatted(name), e);
    }
    throw lacks(name);
  }

  private static WireFormatException lacks(String name) {
    return new WireFormatException("It is no certificate: \"%s\" is missing in it".formatted(name));
  }
}
