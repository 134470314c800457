package org.tributary.edge.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
import org.tributary.edge.http.Trust;

/**
 * How a remote is spoken to over HTTP.
 *
 * @param keyFile where the key stands that is shown there, if there is one
 * @param insecure whether it is spoken to without TLS although others could read along
 * @param trust whom we believe that it is the right one
 */
public record HttpConfig(Optional<Path> keyFile, boolean insecure, Trust trust) {

  /** Without a key, and with the usual trust. */
  public static final HttpConfig PLAIN = new HttpConfig(Optional.empty(), false, Trust.SYSTEM);

  public HttpConfig {
    requireNonNull(keyFile);
    requireNonNull(trust);
  }
}
