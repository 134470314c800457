package org.tributary.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a client asks. */
public interface Request {

  /** One parameter of the query, decoded; the value is empty where there is none. */
  record Parameter(String name, String value) {

    /** Those of a query as it stands in an address; none if there is no query. */
    static List<Parameter> all(@Nullable String query) {
      return query == null
          ? List.of()
          : Stream.of(query.split("&")).filter(part -> !part.isEmpty()).map(Parameter::of).toList();
    }

    private static Parameter of(String part) {
      int equals = part.indexOf('=');
      return equals < 0
          ? new Parameter(decoded(part), "")
          : new Parameter(decoded(part.substring(0, equals)), decoded(part.substring(equals + 1)));
    }

    private static String decoded(String text) {
      try {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return text; // a lone % means itself
      }
    }
  }

  /** Who asks. */
  Caller caller();

  /** The same, once it is known who asks. */
  Request by(Caller caller);

  /** {@code GET}, for example. */
  String method();

  /** The address that it came from; of IPv6 the network, by which callers are counted. */
  String address();

  /** Host and port as the client addressed them. */
  String host();

  /** Whether it came over TLS, here or at a proxy on this machine. */
  boolean isSecure();

  Optional<String> cookie(String name);

  /** The token that stood in front of the path: {@code /t/TOKEN/rest/…}. */
  Optional<String> pathToken();

  /** The part of the path that stands for {@code {name}}, decoded. */
  String pathParameter(String name);

  /** The parameters behind the question mark, in their order; a name may come several times. */
  List<Parameter> parameters();

  /** All values of a parameter, in their order. */
  default List<String> values(String name) {
    return parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .map(Parameter::value)
        .toList();
  }

  /** The first value of a parameter, if it is there. */
  default Optional<String> value(String name) {
    return values(name).stream().findFirst();
  }

  Optional<String> header(String name);

  /** Whether a browser asks, for something that a person is to see. */
  default boolean isOfBrowser() {
    return header("Accept").filter(types -> types.startsWith("text/html")).isPresent();
  }

  /** Scheme, host and port as the client addressed them, without a slash at the end. */
  String origin();

  /** The path as the client wrote it. */
  String path();

  /**
   * The same with its body here, so that nobody waits for it any more.
   *
   * @throws org.tributary.wire.TooLargeException if it is larger than that
   */
  Request whole(int maxBytes) throws IOException;

  /**
   * The whole body.
   *
   * @throws org.tributary.wire.TooLargeException if it is larger than that
   */
  byte[] body(int maxBytes) throws IOException;

  /**
   * The body as it comes; reading beyond the limit throws a {@link
   * org.tributary.wire.TooLargeException}.
   */
  InputStream bodyStream(long maxBytes) throws IOException;
}
