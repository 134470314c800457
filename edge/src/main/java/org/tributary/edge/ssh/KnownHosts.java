package org.tributary.edge.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of hosts that somebody has compared, as OpenSSH keeps them: plain, hashed and bracketed
 * names, patterns, and keys that were revoked. Never written to.
 *
 * <p>Lines that can't be understood are passed over, as {@code ssh} does; so are authorities that
 * sign host keys, which are not asked here.
 */
final class KnownHosts {
  private static final String REVOKED = "@revoked";
  private static final String HASHED = "|1|";

  private final List<Line> lines;

  private KnownHosts(List<Line> lines) {
    this.lines = lines;
  }

  /**
   * One key.
   *
   * @param number of the line, from 1
   * @param hosts as written: names between commas, or one that is hashed
   * @param key as it travels, in Base64
   */
  record Line(int number, boolean revoked, String hosts, String type, String key) {}

  static KnownHosts none() {
    return new KnownHosts(List.of());
  }

  static KnownHosts read(Path file) throws IOException {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String text :
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n", -1)) {
      number++;
      parse(number, text.strip(), lines);
    }
    return new KnownHosts(lines);
  }

  private static void parse(int number, String text, List<Line> lines) {
    String[] words = text.split("\\s+", -1);
    boolean marked = text.startsWith("@");
    int first = marked ? 1 : 0;
    if (text.startsWith("#") || words.length < first + 3 || (marked && !words[0].equals(REVOKED))) {
      return;
    }
    base64(words[first + 2])
        .ifPresent(key -> lines.add(new Line(number, marked, words[first], words[first + 1], key)));
  }

  /** The same key is the same text, however it was written. */
  private static Optional<String> base64(String text) {
    try {
      return Optional.of(Base64.getEncoder().encodeToString(Base64.getDecoder().decode(text)));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /** As the file names a host: with its port in brackets unless it is the usual one. */
  static String nameOf(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    return port == 22 ? name : "[%s]:%d".formatted(name, port);
  }

  /** All keys of a host, in the order of the file. */
  List<Line> of(String name) {
    return lines.stream().filter(line -> isMeant(name, line.hosts())).toList();
  }

  private static boolean isMeant(String name, String hosts) {
    if (hosts.startsWith(HASHED)) {
      return isHashOf(name, hosts);
    }
    boolean meant = false;
    for (String pattern : hosts.toLowerCase(Locale.ROOT).split(",", -1)) {
      boolean not = pattern.startsWith("!");
      if (fits(name, 0, not ? pattern.substring(1) : pattern, 0)) {
        if (not) {
          return false;
        }
        meant = true;
      }
    }
    return meant;
  }

  /** {@code |1|salt|hash}: HMAC-SHA1 of the name by the salt. */
  private static boolean isHashOf(String name, String hosts) {
    String[] parts = hosts.substring(HASHED.length()).split("\\|", -1);
    if (parts.length != 2) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[0]), "HmacSHA1"));
      byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[1]));
    } catch (IllegalArgumentException malformed) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HMAC-SHA1", e);
    }
  }

  /** {@code *} stands for any letters, {@code ?} for one; brackets mean themselves. */
  private static boolean fits(String name, int at, String pattern, int on) {
    if (on == pattern.length()) {
      return at == name.length();
    }
    return switch (pattern.charAt(on)) {
      case '*' ->
          fits(name, at, pattern, on + 1)
              || (at < name.length() && fits(name, at + 1, pattern, on));
      case '?' -> at < name.length() && fits(name, at + 1, pattern, on + 1);
      default ->
          at < name.length()
              && name.charAt(at) == pattern.charAt(on)
              && fits(name, at + 1, pattern, on + 1);
    };
  }
}
