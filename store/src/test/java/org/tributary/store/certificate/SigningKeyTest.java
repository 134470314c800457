package org.tributary.store.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {

  /** The secret key of RFC 8032, 7.1, test 3, and what belongs to it. */
  private static final String SECRET =
      "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7";

  private static final String PUBLIC =
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025";
  private static final String SIGNATURE =
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
          + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a";
  private static final byte[] MESSAGE = {(byte) 0xaf, (byte) 0x82};

  @TempDir Path folder;
  Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("key.pem");
  }

  @Test
  void read_ofTheKeyOfTheRfc_findsItsPublicHalfAndSignsAsTheRfcSays() throws Exception {
    write("302e020100300506032b657004220420" + SECRET);

    SigningKey key = SigningKey.read(file);

    byte[] published = Base64.getDecoder().decode(Pem.read(Pem.PUBLIC, key.issuer().pem()));
    assertThat(HexFormat.of().formatHex(published)).isEqualTo("302a300506032b6570032100" + PUBLIC);
    assertThat(HexFormat.of().formatHex(key.sign(MESSAGE))).isEqualTo(SIGNATURE);
    assertThat(key.issuer().verifies(MESSAGE, HexFormat.of().parseHex(SIGNATURE))).isTrue();
    assertThat(key.issuer().verifies(new byte[1], HexFormat.of().parseHex(SIGNATURE))).isFalse();
    assertThat(key.issuer().verifies(MESSAGE, new byte[3])).isFalse();
  }

  @Test
  void create_makesAFileForItsOwnerThatIsReadAgain() throws Exception {
    SigningKey key = SigningKey.create(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(SigningKey.read(file).issuer()).isEqualTo(key.issuer());
    assertThat(IssuerKey.ofPem(key.issuer().pem())).isEqualTo(key.issuer());
    assertThatThrownBy(() -> SigningKey.create(file))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(key.toString()).doesNotContain(secretOf(file));
  }

  @Test
  void read_ofAFileThatOthersCanRead_isRefused() throws Exception {
    SigningKey.create(file);
    for (String permissions : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

      assertThatThrownBy(() -> SigningKey.read(file))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("chmod 600");
    }
  }

  @Test
  void read_ofSomethingElse_saysWhatIsWanted() throws Exception {
    for (String text :
        new String[] {
          "",
          "no key",
          Pem.write(Pem.PRIVATE, new byte[] {1, 2}),
          Pem.write(Pem.PUBLIC, HexFormat.of().parseHex("302a300506032b6570032100" + PUBLIC))
        }) {
      Files.writeString(file, text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

      assertThatThrownBy(() -> SigningKey.read(file))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("openssl genpkey");
    }
  }

  @Test
  void hasFingerprint_isAskedInAnySpelling() throws Exception {
    write("302e020100300506032b657004220420" + SECRET);
    IssuerKey issuer = SigningKey.read(file).issuer();
    String print = issuer.fingerprint();

    assertThat(issuer.hasFingerprint(print)).isTrue();
    assertThat(issuer.hasFingerprint("SHA256:" + print.toUpperCase(Locale.ROOT))).isTrue();
    assertThat(issuer.hasFingerprint(print.replaceAll("(..)(?=.)", "$1:"))).isTrue();
    assertThat(issuer.hasFingerprint(print.replace(print.charAt(5), 'x'))).isFalse();
    assertThat(IssuerKey.isFingerprint(print)).isTrue();
    assertThat(IssuerKey.isFingerprint("issuer.pub.pem")).isFalse();
  }

  private void write(String pkcs8) throws Exception {
    Files.writeString(file, Pem.write(Pem.PRIVATE, HexFormat.of().parseHex(pkcs8)));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static String secretOf(Path file) throws Exception {
    return Pem.read(Pem.PRIVATE, Files.readString(file, StandardCharsets.US_ASCII));
  }
}
