package org.tributary.server.http;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What a client asks. */
public interface Request {

  /** One parameter of the query, decoded; the value is empty where there is none. */
  record Parameter(String name, String value) {}

  /** The part of the path that stands for {@code {name}}. */
  String pathParameter(String name);

  /** The parameters behind the question mark, in their order; a name may come several times. */
  List<Parameter> parameters();

  Optional<String> header(String name);

  /**
   * The whole body.
   *
   * @throws org.tributary.wire.TooLargeException if it is larger than that
   */
  byte[] body(int maxBytes) throws IOException;
}
