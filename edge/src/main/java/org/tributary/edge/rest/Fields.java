package org.tributary.edge.rest;

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
record Fields(Map<String, @Nullable Object> members) {

  static Fields of(String line) throws IOException {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    try (RestJson.Reader reader = new RestJson.Reader(new ByteArrayInputStream(bytes), 1)) {
      Map<String, @Nullable Object> members = reader.next();
      if (members == null) {
        throw new WireFormatException("An empty line");
      }
      return new Fields(members);
    }
  }

  String text(String name) throws WireFormatException {
    if (members.get(name) instanceof String text) {
      return text;
    }
    throw new WireFormatException(name + " is missing");
  }

  long whole(String name) throws WireFormatException {
    if (members.get(name) instanceof Long whole) {
      return whole;
    }
    throw new WireFormatException(name + " is missing");
  }

  Position position(String name) throws WireFormatException {
    return SyncJson.readPosition(text(name));
  }
}
