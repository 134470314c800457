package org.tributary.store.certificate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.disk.WholeFile;

/**
 * The key that signs certificates, kept in a file that only its owner may read (PEM of PKCS#8, as
 * {@code openssl genpkey -algorithm ed25519} writes it). Immutable; it never prints its private
 * half.
 */
public final class SigningKey {

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final PrivateKey key;
  private final IssuerKey issuer;

  private SigningKey(PrivateKey key, IssuerKey issuer) {
    this.key = key;
    this.issuer = issuer;
  }

  /** Where the key is unless somebody says otherwise: beside SQLite's file, or in this folder. */
  public static Path usualFile(DatabaseUrl url) {
    Path name = Path.of("certificate-key.pem");
    return url.file().map(database -> database.resolveSibling(name)).orElse(name);
  }

  /**
   * Makes a key, and a file for it that is on the disk when this returns.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is a file already
   */
  public static SigningKey create(Path file) throws IOException {
    KeyPair pair = generate(new SecureRandom());
    try {
      WholeFile.makeSecret(file, Pem.write(Pem.PRIVATE, pair.getPrivate().getEncoded()));
    } catch (NoSuchFileException e) {
      throw new FileSystemException(
          file.toString(), null, "there is no such folder; name another file with --key");
    }
    return new SigningKey(pair.getPrivate(), new IssuerKey(pair.getPublic()));
  }

  /**
   * Reads a key.
   *
   * @throws FileSystemException if the file can't be read, is no key, or others may read it; with a
   *     reason that says what to do
   */
  public static SigningKey read(Path file) throws IOException {
    refuseReadableByOthers(file);
    try {
      byte[] bytes =
          Base64.getDecoder()
              .decode(Pem.read(Pem.PRIVATE, Files.readString(file, StandardCharsets.ISO_8859_1)));
      PrivateKey key =
          KeyFactory.getInstance(IssuerKey.ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(bytes));
      return new SigningKey(key, publicHalf(key));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      FileSystemException refusal =
          new FileSystemException(
              file.toString(),
              null,
              "is no private key of Ed25519 in PEM (PKCS#8); move it away and the next certificate"
                  + " makes a new one, or: openssl genpkey -algorithm ed25519");
      refusal.initCause(e);
      throw refusal;
    }
  }

  private static void refuseReadableByOthers(Path file) throws IOException {
    PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (posix == null) {
      return; // a system without such permissions
    }
    Set<PosixFilePermission> others = EnumSet.copyOf(OWNERS);
    others.addAll(posix.readAttributes().permissions());
    others.removeAll(OWNERS);
    if (!others.isEmpty()) {
      throw new FileSystemException(
          file.toString(),
          null,
          "others may read this signing key, so anybody could sign with it; chmod 600 it if nobody"
              + " else has seen it, or move it away and the next certificate makes a new one");
    }
  }

  // No Java tells the public half of a private key, except when it makes both. So it is given the
  // private one in place of chance, makes the same key again, and a signature shows that it did.
  private static IssuerKey publicHalf(PrivateKey key) throws GeneralSecurityException {
    byte[] secret =
        ((EdECPrivateKey) key)
            .getBytes()
            .orElseThrow(() -> new GeneralSecurityException("The key doesn't tell its bytes"));
    KeyPair same = generate(new NoChance(secret));
    IssuerKey issuer = new IssuerKey(same.getPublic());
    byte[] probe = {1, 2, 3};
    if (!issuer.verifies(probe, sign(key, probe))) {
      throw new GeneralSecurityException("This Java can't find the public half of the key");
    }
    return issuer;
  }

  private static KeyPair generate(SecureRandom chance) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(IssuerKey.ALGORITHM);
      generator.initialize(NamedParameterSpec.ED25519, chance);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java from 15 on has Ed25519", e);
    }
  }

  /** The public half. */
  public IssuerKey issuer() {
    return issuer;
  }

  byte[] sign(byte[] bytes) {
    try {
      return sign(key, bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A key that was read or made can sign", e);
    }
  }

  private static byte[] sign(PrivateKey key, byte[] bytes) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(IssuerKey.ALGORITHM);
    signature.initSign(key);
    signature.update(bytes);
    return signature.sign();
  }

  @Override
  public String toString() {
    return "private half of " + issuer;
  }

  /** Always the same bytes. */
  private static final class NoChance extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] always;

    NoChance(byte[] always) {
      this.always = always.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(always, 0, bytes, 0, bytes.length);
    }
  }
}
