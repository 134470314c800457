package org.tributary.edge.ssh;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.KeyPair;
import java.util.Arrays;

/**
 * One key that is offered to an SSH host, out of a file or out of the agent. Remembers whether it
 * had to sign, which a host asks only of a key that it would take.
 */
final class OfferedKey implements Identity {

  /** What can sign. */
  private interface Signer {
    byte[] sign(byte[] data, String algorithm);
  }

  private final String name;
  private final String type;
  private final byte[] publicKey;
  private final Signer signer;
  private volatile boolean signed;

  private OfferedKey(String name, String type, byte[] publicKey, Signer signer) {
    this.name = name;
    this.type = type;
    this.publicKey = publicKey;
    this.signer = signer;
  }

  static OfferedKey ofFile(String name, KeyPair pair) {
    return new OfferedKey(
        name, pair.getKeyTypeString(), pair.getPublicKeyBlob(), pair::getSignature);
  }

  static OfferedKey ofAgent(Identity held) {
    return new OfferedKey(
        "the agent's " + held.getName(),
        held.getAlgName(),
        held.getPublicKeyBlob(),
        held::getSignature);
  }

  /** As messages name it: where it is, and its fingerprint. */
  String words() {
    return "%s (%s %s)".formatted(name, type, Fingerprint.of(publicKey));
  }

  boolean hasSigned() {
    return signed;
  }

  boolean isSameAs(byte[] otherPublicKey) {
    return Arrays.equals(publicKey, otherPublicKey);
  }

  @Override
  public byte[] getSignature(byte[] data) {
    return getSignature(data, type);
  }

  @Override
  public byte[] getSignature(byte[] data, String algorithm) {
    signed = true;
    return signer.sign(data, algorithm);
  }

  @Override
  public byte[] getPublicKeyBlob() {
    return publicKey.clone();
  }

  @Override
  public String getAlgName() {
    return type;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean setPassphrase(byte[] passphrase) {
    return true; // it was opened before it came here
  }

  @Override
  public boolean isEncrypted() {
    return false;
  }

  @Override
  public void clear() {
    // the ring is forgotten whole
  }
}
