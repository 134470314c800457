package org.tributary.server.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate with those that vouch for it, and its private key, as they stand in two PEM files.
 * Immutable.
 *
 * @param chain central's own first
 */
record PemPair(List<X509Certificate> chain, PrivateKey key) {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
  private static final byte[] SAMPLE = "both of one pair".getBytes(StandardCharsets.US_ASCII);

  PemPair {
    chain = List.copyOf(chain);
  }

  /**
   * Reads both files.
   *
   * @param now when they have to be valid
   * @throws PemException if that is no pair that could be shown to anybody
   */
  static PemPair read(Path certificates, Path key, Instant now) throws PemException {
    PemPair pair = new PemPair(chain(certificates), privateKey(key));
    X509Certificate own = pair.chain().get(0);
    if (!isPair(own.getPublicKey(), pair.key())) {
      throw new PemException(
          ("The key in %s does not belong to the first certificate in %s, which is for %s. Both come"
                  + " from one request; central's own certificate stands first, those that vouch for"
                  + " it follow")
              .formatted(key, certificates, subject(own)));
    }
    if (now.isAfter(own.getNotAfter().toInstant())) {
      throw new PemException(
          "The certificate in %s, for %s, expired on %s: renew it"
              .formatted(certificates, subject(own), day(own.getNotAfter().toInstant())));
    }
    if (now.isBefore(own.getNotBefore().toInstant())) {
      throw new PemException(
          "The certificate in %s, for %s, is valid from %s only; is this machine's clock right?"
              .formatted(certificates, subject(own), day(own.getNotBefore().toInstant())));
    }
    return pair;
  }

  /** Until when others take it. */
  Instant expires() {
    return chain.get(0).getNotAfter().toInstant();
  }

  /** What the certificate says that it is for. */
  String subject() {
    return subject(chain.get(0));
  }

  /** The public key's fingerprint, as gateways pin it. */
  String pin() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(chain.get(0).getPublicKey().getEncoded());
      return "sha256/" + Base64.getEncoder().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static String subject(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  private static String day(Instant time) {
    return time.toString().substring(0, 10);
  }

  private static List<X509Certificate> chain(Path file) throws PemException {
    List<X509Certificate> chain = new ArrayList<>();
    Matcher block = BLOCK.matcher(text(file));
    while (block.find()) {
      if (!block.group(1).equals("CERTIFICATE")) {
        continue; // some programs write the key into the same file
      }
      try {
        chain.add(
            (X509Certificate)
                CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(bytes(file, block))));
      } catch (CertificateException e) {
        throw new PemException(
            "A certificate in %s is damaged: get the file anew".formatted(file), e);
      }
    }
    if (chain.isEmpty()) {
      throw new PemException(
          "There is no certificate in %s; expected PEM, with -----BEGIN CERTIFICATE-----"
              .formatted(file));
    }
    return chain;
  }

  private static PrivateKey privateKey(Path file) throws PemException {
    Matcher block = BLOCK.matcher(text(file));
    while (block.find()) {
      switch (block.group(1)) {
        case "PRIVATE KEY" -> {
          return decoded(file, bytes(file, block));
        }
        case "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
            throw new PemException(
                ("The key in %s is of an older form (%s). This makes one that can be read: openssl"
                        + " pkcs8 -topk8 -nocrypt -in %s -out key.pem")
                    .formatted(file, block.group(1), file));
        case "ENCRYPTED PRIVATE KEY" ->
            throw new PemException(
                ("The key in %s is encrypted, and nobody is there to give its password when central"
                        + " starts. This takes it off: openssl pkey -in %s -out key.pem; see that"
                        + " central's user alone can read it")
                    .formatted(file, file));
        default -> {} // parameters of a curve, or certificates in the same file
      }
    }
    throw new PemException(
        "There is no private key in %s; expected PEM, with -----BEGIN PRIVATE KEY-----"
            .formatted(file));
  }

  private static PrivateKey decoded(Path file, byte[] bytes) throws PemException {
    Optional<Exception> why = Optional.empty();
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
      } catch (GeneralSecurityException e) {
        why = Optional.of(e);
      }
    }
    throw new PemException(
        "The key in %s is damaged, or of a kind that is none of %s"
            .formatted(file, String.join(", ", ALGORITHMS)),
        why.orElseThrow());
  }

  private static boolean isPair(PublicKey theirs, PrivateKey ours) {
    String algorithm =
        switch (ours.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(ours);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(theirs);
      signature.update(SAMPLE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // keys of different kinds
    }
  }

  private static byte[] bytes(Path file, Matcher block) throws PemException {
    try {
      return Base64.getMimeDecoder().decode(block.group(2));
    } catch (IllegalArgumentException e) {
      throw new PemException("%s is damaged: get the file anew".formatted(file), e);
    }
  }

  private static String text(Path file) throws PemException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new PemException("There is no file " + file, e);
    } catch (AccessDeniedException e) {
      throw new PemException(
          "This user may not read %s: let the group it is in read it (chgrp, chmod 640)"
              .formatted(file),
          e);
    } catch (IOException e) {
      throw new PemException("%s can't be read: %s".formatted(file, e.getMessage()), e);
    }
  }
}
