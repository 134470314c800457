package org.tributary.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What greetings and welcomes say about windows: as {@link DigestCodec} writes it, in base64. */
final class DigestJson {

  private DigestJson() {}

  static List<String> claims(List<Claims> all) {
    return all.stream().map(DigestCodec::encode).map(DigestJson::base64).toList();
  }

  static List<Claims> readClaims(Fields fields) throws WireFormatException {
    List<Claims> claims = new ArrayList<>();
    for (byte[] each : fields.binaries("claims")) {
      try {
        claims.add(DigestCodec.decodeClaims(each));
      } catch (IOException e) {
        throw new WireFormatException("Claims that can't be read: " + e.getMessage(), e);
      }
    }
    return claims;
  }

  static List<String> differences(List<List<Difference>> all) {
    return all.stream()
        .map(each -> each.isEmpty() ? "" : base64(DigestCodec.encodeDifferences(each)))
        .toList();
  }

  static List<List<Difference>> readDifferences(Fields fields) throws WireFormatException {
    List<List<Difference>> differences = new ArrayList<>();
    for (byte[] each : fields.binaries("differences")) {
      try {
        differences.add(each.length == 0 ? List.of() : DigestCodec.decodeDifferences(each));
      } catch (IOException e) {
        throw new WireFormatException("Differences that can't be read: " + e.getMessage(), e);
      }
    }
    return differences;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
