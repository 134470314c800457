package org.tributary.server.page.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.tributary.store.certificate.CertificatePage;
import org.tributary.store.certificate.Issue;
import org.tributary.store.certificate.SignedCertificate;
import org.tributary.store.certificate.SigningKey;
import org.tributary.store.export.HouseExport;

/**
 * Certificates as files: the signed one, a page to be read and printed, and the key to check it by.
 * Thread-safe.
 */
public final class CertificateFiles {

  private final Path keyFile;
  private final Clock clock;

  /**
   * Certificates that are signed by one key.
   *
   * @param keyFile with the key; made when it is needed first
   */
  public CertificateFiles(Path keyFile, Clock clock) {
    this.keyFile = keyFile;
    this.clock = clock;
  }

  /** All three in one file. */
  byte[] zip(
      String name, HouseExport.Exported exported, String software, LocalDate first, LocalDate last)
      throws IOException {
    SigningKey key = key();
    Issue issue = new Issue(software, clock.instant().truncatedTo(ChronoUnit.SECONDS), first, last);
    SignedCertificate signed = SignedCertificate.issue(exported, issue, key);
    String html = new CertificatePage(exported, issue, signed, name + ".json").html();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      add(zip, name + ".json", signed.bytes());
      add(zip, name + ".html", html.getBytes(StandardCharsets.UTF_8));
      add(zip, "certificate-key.pub.pem", key.issuer().pem().getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }

  private synchronized SigningKey key() throws IOException {
    return Files.exists(keyFile) ? SigningKey.read(keyFile) : SigningKey.create(keyFile);
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }
}
