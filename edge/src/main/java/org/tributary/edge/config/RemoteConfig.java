package org.tributary.edge.config;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;
import org.tributary.edge.http.LinkSecurity;
import org.tributary.wire.MergeTerms;

/**
 * One central server or database that a gateway sends to.
 *
 * @param uri where its HTTP interface begins, always ending in a slash; empty for the direct
 *     transport
 * @param direct present for the direct transport, and only then
 * @param terms whether its changes of metadata are taken, and who is right where both sides changed
 *     something; whether removals are mirrored is said elsewhere
 * @param http how its HTTP interface is spoken to; nothing for the direct transport
 */
public record RemoteConfig(
    String name,
    TransportKind transport,
    Optional<URI> uri,
    Optional<DirectConfig> direct,
    MergeTerms terms,
    HttpConfig http) {

  /**
   * Reads the address of a central.
   *
   * @return it, ending in a slash
   * @throws IllegalArgumentException with a sentence for the operator, which doesn't quote it
   */
  public static URI address(String text) {
    return HttpAddress.parse(text).uri();
  }

  /** An old configuration names the REST interface; the sync protocol stands beside it. */
  public static URI withoutRest(URI base) {
    String text = base.toString();
    return text.endsWith("/rest/") ? URI.create(text.substring(0, text.length() - 5)) : base;
  }

  /** Whether everybody on the way can read what is sent there, and that is allowed. */
  public boolean isExposed() {
    return http.insecure() && uri.filter(LinkSecurity::isExposed).isPresent();
  }

  /** One that wants no key. */
  public RemoteConfig(
      String name,
      TransportKind transport,
      Optional<URI> uri,
      Optional<DirectConfig> direct,
      MergeTerms terms) {
    this(name, transport, uri, direct, terms, HttpConfig.PLAIN);
  }

  /** One that is only sent to. */
  public RemoteConfig(
      String name, TransportKind transport, Optional<URI> uri, Optional<DirectConfig> direct) {
    this(name, transport, uri, direct, MergeTerms.ONE_WAY);
  }

  public RemoteConfig {
    requireNonNull(name, "name");
    requireNonNull(terms, "terms");
    requireNonNull(http, "http");
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
