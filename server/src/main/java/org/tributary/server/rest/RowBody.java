package org.tributary.server.rest;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tributary.server.http.Request;
import org.tributary.wire.Column;
import org.tributary.wire.WireFormatException;
import org.tributary.wire.rest.RestCells;
import org.tributary.wire.rest.RestJson;
import org.tributary.wire.rest.RestTable;

/** The one object of a request's body as a row of a table. */
final class RowBody {

  private static final long MAX_BYTES = 1 << 20;

  private RowBody() {}

  /**
   * The columns that the body gives; members that are no columns are passed over, because existing
   * programs send leftovers.
   *
   * @throws IOException if it is no object, or a member is not what its column holds
   */
  static Map<Column, @Nullable Object> read(RestTable table, Request request) throws IOException {
    Map<String, @Nullable Object> members = object(request);
    Map<Column, @Nullable Object> row = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      if (members.containsKey(column.name())) {
        row.put(column, RestCells.stored(column, members.get(column.name())));
      }
    }
    return row;
  }

  private static Map<String, @Nullable Object> object(Request request) throws IOException {
    try (InputStream body = request.bodyStream(MAX_BYTES);
        RestJson.Reader json = new RestJson.Reader(body, 1)) {
      Map<String, @Nullable Object> members = json.next();
      if (members == null || json.isList()) {
        throw new WireFormatException(
            "The body should be one object, not a list; /rest/bulk/ takes lists");
      }
      if (json.next() != null) {
        throw new WireFormatException("Something follows the object");
      }
      return members;
    }
  }
}
