package org.tributary.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A key for tests, made once by {@code ssh-keygen}. Users' keys are {@code user_ed25519}, {@code
 * user_ecdsa} and {@code user_rsa}: with {@code _pem} or {@code _pkcs8} in another format, with
 * {@code _locked} encrypted. Hosts' keys are {@code host_ed25519} and so on. {@code
 * stranger_ed25519} and {@code other_host_ed25519} are nobody's.
 */
public record SshKeyFile(String name) {

  /** What opens the keys that are encrypted. */
  public static final String PASSPHRASE = "correct horse";

  /** Writes the private key into a folder, for its owner alone. */
  public Path writeTo(Path folder) {
    Path file = folder.resolve(name);
    try (InputStream key = resource(name)) {
      Files.copy(key, file, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The public half in one line, whatever form the private one has. */
  public String publicLine() {
    String key = name.replaceAll("_(locked|pem|pkcs8).*", "");
    try (InputStream half = resource(key + ".pub")) {
      return new String(half.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String name) {
    InputStream stream = SshKeyFile.class.getResourceAsStream("ssh/" + name);
    if (stream == null) {
      throw new IllegalArgumentException("There is no key " + name);
    }
    return stream;
  }
}
