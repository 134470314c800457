package org.tributary.edge.ssh;

import java.util.Base64;

/**
 * The key by which an SSH host said who it is, and what is known of it here.
 *
 * @param host as {@code known_hosts} names it
 * @param key as it travels, in Base64
 * @param where what it was compared with: a line of {@code known_hosts}, the file that has no line
 *     for the host, or the setting {@code hostkey}
 */
public record ShownKey(String host, String type, String key, Verdict verdict, String where) {

  /** What is known of a key. */
  public enum Verdict {
    KNOWN,
    /** Nobody has compared it yet. */
    UNKNOWN,
    /** The host is known by another. */
    CHANGED,
    /** It is known to be in wrong hands. */
    REVOKED
  }

  /** In short, as {@code ssh-keygen -l} shows it. */
  public Fingerprint fingerprint() {
    return Fingerprint.of(Base64.getDecoder().decode(key));
  }

  /** What {@code known_hosts} would have to say for the key to be known. */
  public String knownHostsLine() {
    return "%s %s %s".formatted(host, type, key);
  }

  /** What was found, in a few words. */
  public String words() {
    return switch (verdict) {
      case KNOWN -> "%s %s is known (%s)".formatted(type, fingerprint(), where);
      case UNKNOWN -> "%s %s is not known (%s)".formatted(type, fingerprint(), where);
      case CHANGED ->
          "HOST KEY CHANGED: %s %s is not the key that the host is known by (%s)"
              .formatted(type, fingerprint(), where);
      case REVOKED -> "HOST KEY REVOKED: %s %s (%s)".formatted(type, fingerprint(), where);
    };
  }

  /** What to do about it; blank if nothing has to be done. */
  public String advice() {
    return switch (verdict) {
      case KNOWN -> "";
      case UNKNOWN ->
          "compare it with what `ssh-keygen -lf %s` says on that machine itself; if it is the same,"
                  .formatted(fileThere())
              + " either add this line to %s: %s or this one to the remote's section: hostkey = %s"
                  .formatted(file(), knownHostsLine(), fingerprint());
      case CHANGED ->
          "somebody may be posing as that machine, or it was set up anew; nothing was sent there."
              + " Ask who looks after it, and only if `ssh-keygen -lf %s` there says the same,"
                  .formatted(fileThere())
              + " replace what is written there by: "
              + (where.startsWith("hostkey") ? "hostkey = " + fingerprint() : knownHostsLine());
      case REVOKED ->
          "somebody has got hold of that machine's key; nothing was sent there. Ask who looks after"
              + " it for a new one";
    };
  }

  private String file() {
    return where.replaceFirst("^not in ", "");
  }

  private String fileThere() {
    String kind =
        type.startsWith("ecdsa") ? "ecdsa" : type.startsWith("ssh-rsa") ? "rsa" : "ed25519";
    return "/etc/ssh/ssh_host_%s_key.pub".formatted(kind);
  }
}
