package org.tributary.edge.config;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;
import org.tributary.wire.MergeTerms;

/**
 * One central server or database that a gateway sends to.
 *
 * @param uri where its HTTP interface begins, always ending in a slash; empty for the direct
 *     transport
 * @param direct present for the direct transport, and only then
 * @param terms whether its changes of metadata are taken, and who is right where both sides changed
 *     something; whether removals are mirrored is said elsewhere
 */
public record RemoteConfig(
    String name,
    TransportKind transport,
    Optional<URI> uri,
    Optional<DirectConfig> direct,
    MergeTerms terms) {

  /** One that is only sent to. */
  public RemoteConfig(
      String name, TransportKind transport, Optional<URI> uri, Optional<DirectConfig> direct) {
    this(name, transport, uri, direct, MergeTerms.ONE_WAY);
  }

  public RemoteConfig {
    requireNonNull(name, "name");
    requireNonNull(terms, "terms");
    boolean isDirect = transport == TransportKind.DIRECT;
    if (isDirect != direct.isPresent() || isDirect == uri.isPresent()) {
      throw new IllegalArgumentException(
          "Remote %s by %s needs %s"
              .formatted(name, transport, isDirect ? "a database only" : "a URI only"));
    }
    uri.ifPresent(
        base -> {
          if (!base.toString().endsWith("/")) {
            throw new IllegalArgumentException("%s does not end in a slash".formatted(base));
          }
        });
  }
}
