package org.tributary.edge.state;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Position;
import org.tributary.wire.SyncJson;
import org.tributary.wire.WireFormatException;
import org.tributary.wire.rest.RestJson;

/** One line of a file of ours, a JSON object. */
public record Fields(Map<String, @Nullable Object> members) {

  /** Reads a line. */
  public static Fields of(String line) throws IOException {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    try (RestJson.Reader reader = new RestJson.Reader(new ByteArrayInputStream(bytes), 1)) {
      Map<String, @Nullable Object> members = reader.next();
      if (members == null) {
        throw new WireFormatException("An empty line");
      }
      return new Fields(members);
    }
  }

  /** A text that has to be there. */
  public String text(String name) throws WireFormatException {
    if (members.get(name) instanceof String text) {
      return text;
    }
    throw new WireFormatException(name + " is missing");
  }

  /** A whole number that has to be there. */
  public long whole(String name) throws WireFormatException {
    if (members.get(name) instanceof Long whole) {
      return whole;
    }
    throw new WireFormatException(name + " is missing");
  }

  /** A position that has to be there. */
  public Position position(String name) throws WireFormatException {
    return SyncJson.readPosition(text(name));
  }
}
