package org.tributary.edge.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Secret;

/** A private key in a file, opened if it is encrypted. What keeps it from being used is said. */
record PrivateKeyFile(Path path) {

  /** Larger than any key. */
  private static final long MOST_BYTES = 1 << 16;

  private static final String PASSPHRASE_SETTINGS =
      "sshpassphrasefile in the remote's section, or TRIBUTARY_SSHPASSPHRASE in the environment";

  /** Reads and opens the key. */
  OfferedKey open(Optional<Secret> passphrase) throws SshRefusedException {
    byte[] text = read();
    if (isPublic(text)) {
      throw new SshRefusedException(
          "%s is the public half of a key; name the private one in sshkey".formatted(path));
    }
    KeyPair pair = parse(text);
    if (pair.isEncrypted()) {
      decrypt(pair, passphrase);
    }
    byte @Nullable [] publicKey = pair.getPublicKeyBlob();
    if (publicKey == null || pair.getKeyType() == KeyPair.DSA) {
      throw new SshRefusedException(
          "%s is a key of a kind that SSH hosts no longer take (%s); make a new one: ssh-keygen -t"
                  .formatted(path, pair.getKeyTypeString())
              + " ed25519");
    }
    return OfferedKey.ofFile(path.toString(), pair);
  }

  private byte[] read() throws SshRefusedException {
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw new SshRefusedException(
            "%s is too large for a key; is sshkey right?".formatted(path));
      }
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw new SshRefusedException(
          "there is no key %s; expected sshkey to name a private key in sshfolder".formatted(path));
    } catch (AccessDeniedException e) {
      throw new SshRefusedException(
          "this user may not read the key %s; change its owner (chown)".formatted(path));
    } catch (IOException e) {
      throw new SshRefusedException("the key %s can't be read: %s".formatted(path, e.getMessage()));
    }
  }

  private static boolean isPublic(byte[] text) {
    String start = new String(text, 0, Math.min(12, text.length), StandardCharsets.US_ASCII);
    return start.startsWith("ssh-") || start.startsWith("ecdsa-") || start.startsWith("sk-");
  }

  private KeyPair parse(byte[] text) throws SshRefusedException {
    try {
      return KeyPair.load(new JSch(), text, null);
    } catch (JSchException | RuntimeException e) {
      throw new SshRefusedException(
          "%s is no private key that is understood (%s); expected OpenSSH's format or PEM, of an"
                  .formatted(path, e.getMessage())
              + " ed25519, ECDSA or RSA key: `ssh-keygen -t ed25519` makes one");
    }
  }

  private void decrypt(KeyPair pair, Optional<Secret> passphrase) throws SshRefusedException {
    if (passphrase.isEmpty()) {
      throw new SshRefusedException(
          "the key %s is encrypted; give its passphrase (%s), or add it to an agent"
              .formatted(path, PASSPHRASE_SETTINGS));
    }
    byte[] bytes = passphrase.get().reveal().getBytes(StandardCharsets.UTF_8);
    try {
      if (!pair.decrypt(bytes)) {
        throw new SshRefusedException(
            "the passphrase does not open the key %s; mend it (%s)"
                .formatted(path, PASSPHRASE_SETTINGS));
      }
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** The public half, if it is written beside the private one: an agent may hold the rest. */
  Optional<byte[]> publicHalf() {
    try {
      String text = Files.readString(Path.of(path + ".pub"));
      String[] words = text.strip().split("\\s+", -1);
      return words.length < 2
          ? Optional.empty()
          : Optional.of(Base64.getDecoder().decode(words[1]));
    } catch (IOException | IllegalArgumentException e) { // then the agent can't be asked for it
      return Optional.empty();
    }
  }
}
