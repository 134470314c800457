package org.tributary.edge.config;

import java.net.URI;
import java.net.URISyntaxException;

/** Where the HTTP interface of a central server begins, always ending in a slash. */
record HttpAddress(URI uri) {
  private static final String EXPECTED = "; expected http(s)://host:port/path/";

  /**
   * Reads an address and gives it the slash at its end if it has none.
   *
   * @throws IllegalArgumentException with a sentence for the operator, which doesn't quote the
   *     address: it may hold a password or a token
   */
  static HttpAddress parse(String text) {
    URI uri;
    try {
      uri = new URI(text.endsWith("/") ? text : text + "/");
    } catch (URISyntaxException malformed) { // its message quotes the address, its reason doesn't
      throw new IllegalArgumentException(
          "not an address (%s)%s".formatted(malformed.getReason(), EXPECTED));
    }
    String scheme = uri.getScheme();
    if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
      throw new IllegalArgumentException("not an address of HTTP" + EXPECTED);
    }
    if (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@")) {
      throw new IllegalArgumentException(
          "a user or password has no place in an address" + EXPECTED);
    }
    if (uri.getHost() == null || uri.getPort() > 65535) {
      throw new IllegalArgumentException("no host and port that can be reached" + EXPECTED);
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "a ? or # has no place in the address that others are built on" + EXPECTED);
    }
    return new HttpAddress(uri);
  }
}
