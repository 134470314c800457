package org.tributary.store.certificate;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.store.export.HouseExport;
import org.tributary.wire.Json;
import org.tributary.wire.WireFormatException;

/**
 * A certificate with its signature: a JSON object of two members, {@code certificate} and {@code
 * signature}. Signed is the first one in its canonical form (RFC 8785, restricted as {@link
 * CanonicalJson} says), by Ed25519, with the key that stands in it; so the signature shows that
 * nobody changed anything afterwards, and the key's fingerprint shows who signed. Immutable.
 */
public final class SignedCertificate {

  private static final String CERTIFICATE = "certificate";
  private static final String SIGNATURE = "signature";
  private static final String CANONICAL = "RFC 8785";

  private final Map<?, ?> certificate;
  private final byte[] canonical;
  private final byte[] signature;
  private final Certified certified;

  private SignedCertificate(Map<?, ?> certificate, byte[] signature) throws WireFormatException {
    this.certificate = certificate;
    this.certified = Certified.of(certificate);
    try {
      this.canonical = CanonicalJson.bytes(certificate);
    } catch (IllegalArgumentException e) {
      throw new WireFormatException("It is no certificate: " + e.getMessage(), e);
    }
    this.signature = signature.clone();
  }

  /** Issues a certificate. */
  public static SignedCertificate issue(
      HouseExport.Exported exported, Issue issue, SigningKey key) {
    Map<String, @Nullable Object> certificate = CertificateJson.of(exported, issue, key.issuer());
    try {
      return new SignedCertificate(certificate, key.sign(CanonicalJson.bytes(certificate)));
    } catch (WireFormatException e) {
      throw new IllegalStateException("What was written can be read", e);
    }
  }

  /**
   * Reads a file.
   *
   * @throws WireFormatException if it is no certificate, or one of a newer program; a sentence
   */
  public static SignedCertificate read(byte[] file) throws WireFormatException {
    if (!(parse(file) instanceof Map<?, ?> all)
        || !all.keySet().equals(Set.of(CERTIFICATE, SIGNATURE))
        || !(all.get(CERTIFICATE) instanceof Map<?, ?> certificate)
        || !(all.get(SIGNATURE) instanceof Map<?, ?> signature)) {
      throw new WireFormatException(
          "It is no certificate: it should be JSON with the members certificate and signature");
    }
    if (!signature.keySet().equals(Set.of("algorithm", "canonical", "value"))
        || !IssuerKey.ALGORITHM.equals(signature.get("algorithm"))
        || !CANONICAL.equals(signature.get("canonical"))
        || !(signature.get("value") instanceof String base64)) {
      throw new WireFormatException(
          "It is no certificate that this program can check: its signature should be of Ed25519"
              + " over RFC 8785");
    }
    try {
      return new SignedCertificate(certificate, Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new WireFormatException("It is no certificate: its signature is no base64", e);
    }
  }

  private static Object parse(byte[] file) throws WireFormatException {
    try {
      return Json.parse(file);
    } catch (WireFormatException e) {
      throw new WireFormatException("It is no certificate. " + e.getMessage(), e);
    }
  }

  /** Whether nothing was changed since it was signed. */
  public boolean isIntact() {
    return certified.issuer().verifies(canonical, signature);
  }

  /** What it says; to be believed only if it is intact. */
  public Certified certified() {
    return certified;
  }

  /** The SHA-256 of what is signed, in hexadecimal digits. */
  public String sha256() {
    return IssuerKey.Sha256.of(canonical);
  }

  /** As a file. */
  public byte[] bytes() {
    Map<String, Object> signed = new LinkedHashMap<>();
    signed.put("algorithm", IssuerKey.ALGORITHM);
    signed.put("canonical", CANONICAL);
    signed.put("value", Base64.getEncoder().encodeToString(signature));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(CERTIFICATE, certificate);
    all.put(SIGNATURE, signed);
    return Json.lines(all);
  }
}
