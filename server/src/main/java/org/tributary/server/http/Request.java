package org.tributary.server.http;

import java.io.IOException;
import java.util.Optional;

/** What a client asks. */
public interface Request {

  /** The part of the path that stands for {@code {name}}. */
  String pathParameter(String name);

  Optional<String> header(String name);

  /**
   * The whole body.
   *
   * @throws org.tributary.wire.TooLargeException if it is larger than that
   */
  byte[] body(int maxBytes) throws IOException;
}
