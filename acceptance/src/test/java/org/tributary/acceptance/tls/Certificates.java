package org.tributary.acceptance.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.tributary.edge.http.Pin;

/** An authority and what it has signed, made by the JDK's keytool, as PEM. */
final class Certificates {

  static final String AUTHORITY = "authority";
  private static final String PASSWORD = "changeit";

  private final Path file;

  /** With an authority, and nothing signed yet. */
  Certificates(Path file) throws Exception {
    this.file = file;
    make(AUTHORITY, "EC", "-ext", "bc:c", "-startdate", "-1y", "-validity", "3650");
  }

  /** One that the authority signs, valid from some days ago, for 127.0.0.1. */
  void sign(String name, String algorithm, int fromDaysAgo, int days) throws Exception {
    sign(name, algorithm, "ip:127.0.0.1", fromDaysAgo, days);
  }

  void sign(String name, String algorithm, String host, int fromDaysAgo, int days)
      throws Exception {
    make(
        name,
        algorithm,
        "-signer",
        AUTHORITY,
        "-ext",
        "san=" + host,
        "-startdate",
        "-" + fromDaysAgo + "d",
        "-validity",
        Integer.toString(days));
  }

  /** One that vouches for itself, for 127.0.0.1. */
  void signByItself(String name) throws Exception {
    make(name, "EC", "-ext", "san=ip:127.0.0.1", "-validity", "90");
  }

  /** The certificate, followed by those that vouch for it. */
  String chain(String name) throws Exception {
    StringBuilder pem = new StringBuilder();
    for (Certificate each : store().getCertificateChain(name)) {
      pem.append(pem("CERTIFICATE", each.getEncoded()));
    }
    return pem.toString();
  }

  Certificate authority() throws Exception {
    return store().getCertificate(AUTHORITY);
  }

  String key(String name) throws Exception {
    return pem("PRIVATE KEY", store().getKey(name, PASSWORD.toCharArray()).getEncoded());
  }

  Pin pin(String name) throws Exception {
    return Pin.of(store().getCertificate(name).getPublicKey());
  }

  static String pem(String kind, byte[] bytes) {
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(kind, text, kind);
  }

  private KeyStore store() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private void make(String name, String algorithm, String... more) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-genkeypair", "-keyalg", algorithm));
    command.addAll(List.of("-keystore", file.toString(), "-storepass", PASSWORD));
    command.addAll(List.of("-alias", name, "-dname", "CN=" + name));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
  }
}
