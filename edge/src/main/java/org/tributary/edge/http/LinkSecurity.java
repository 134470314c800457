package org.tributary.edge.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.tributary.wire.Credential;

/**
 * By what a link proves who we are, and what it takes for safe.
 *
 * @param key asked for with every request, so that another one counts at once
 * @param plainAllowed whether HTTP without TLS is spoken beyond this machine
 * @param trust whom we believe that the other end is the right one
 */
public record LinkSecurity(KeySource key, boolean plainAllowed, Trust trust) {

  /** The key to show, if there is one. */
  @FunctionalInterface
  public interface KeySource {
    Optional<Credential> get() throws IOException;
  }

  /** No key, and TLS beyond this machine. */
  public static final LinkSecurity NONE = new LinkSecurity(Optional::empty, false, Trust.SYSTEM);

  public LinkSecurity {
    requireNonNull(key);
    requireNonNull(trust);
  }

  /** Whether everybody on the way could read what is sent there. */
  public static boolean isExposed(URI base) {
    return "http".equalsIgnoreCase(base.getScheme()) && !isLoopback(base.getHost());
  }

  private static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("[::1]")
        || name.matches("127(\\.\\d{1,3}){3}");
  }
}
