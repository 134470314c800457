package org.tributary.server.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Endpoint.Method;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.StoreException;
import org.tributary.store.ingest.RestIngest;
import org.tributary.store.rest.Outcome;
import org.tributary.store.rest.RestStore;
import org.tributary.store.rest.TableQuery;
import org.tributary.wire.Column;
import org.tributary.wire.Rows;
import org.tributary.wire.SyncApi;
import org.tributary.wire.Table;
import org.tributary.wire.rest.BadFieldException;
import org.tributary.wire.rest.RestCells;
import org.tributary.wire.rest.RestJson;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/**
 * The rows of every table, to be read, added, replaced and deleted: what existing Cogent-house
 * programs talk to. Thread-safe.
 */
public final class TableResource {

  private static final Logger log = LoggerFactory.getLogger(TableResource.class);

  private final RestStore store;
  private final RestIngest uploads;

  /**
   * Over all tables.
   *
   * @param uploads where rows may wait for one that is added here
   */
  public TableResource(RestStore store, RestIngest uploads) {
    this.store = store;
    this.uploads = uploads;
  }

  /**
   * Its endpoints. They take any name for a table's, so they have to stand behind those of the same
   * prefix.
   */
  public List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    for (boolean hasId : List.of(false, true)) {
      endpoints.add(new TableEndpoint(Method.GET, hasId, this::get));
      endpoints.add(new TableEndpoint(Method.POST, hasId, this::post));
      endpoints.add(new TableEndpoint(Method.PUT, hasId, this::put));
      endpoints.add(new TableEndpoint(Method.DELETE, hasId, this::delete));
    }
    return endpoints;
  }

  private Response get(RestTable table, Optional<String> id, Request request) throws IOException {
    TableQuery query = QueryLanguage.read(table, id, request.parameters());
    Optional<Callback> callback = Callback.read(request.parameters());
    Optional<ItemRange> asked = request.header(ItemRange.HEADER).flatMap(ItemRange::read);
    ItemRange range = asked.orElse(ItemRange.WHOLE);
    Response response = Callback.answer(callback, out -> write(query, range, out));
    return asked.isEmpty()
        ? response
        : response.with(ItemRange.ANSWER, range.answered(store.count(query)));
  }

  private void write(TableQuery query, ItemRange range, OutputStream out) throws IOException {
    try (RestJson.Writer json = new RestJson.Writer(out)) {
      json.startList();
      store.read(query, range.from(), range.to(), page -> json.rows(query.table(), page));
      json.endList();
    }
  }

  private Response post(RestTable table, Optional<String> id, Request request) throws IOException {
    Map<Column, @Nullable Object> row = RowBody.read(table, request);
    return stored(store.add(table, row), table, request);
  }

  private Response put(RestTable table, Optional<String> id, Request request) throws IOException {
    TableQuery query = QueryLanguage.read(table, id, request.parameters());
    Map<Column, @Nullable Object> row = RowBody.read(table, request);
    if (query.conditions().isEmpty()) {
      query = byName(query, row);
    }
    return stored(store.replace(query, row), table, request);
  }

  /** Room types are known by their names, which is how existing programs replace them. */
  private static TableQuery byName(TableQuery query, Map<Column, @Nullable Object> row)
      throws BadFieldException {
    RestTable table = query.table();
    Column column = table.equals(RestTables.ROOM_TYPE) ? table.column("name").orElseThrow() : null;
    Object name = column == null ? null : row.get(column);
    if (column == null || name == null) {
      throw new BadFieldException(
          column == null ? table.key().get(0).name() : column.name(),
          "Which %s is meant? Say it by the path or by a query".formatted(table));
    }
    return query.and(column, TableQuery.Operator.EQUAL, name);
  }

  private Response delete(RestTable table, Optional<String> id, Request request)
      throws IOException {
    if (!table.hasId()) {
      return Response.problem(
              405, "Wrong method", "Rows of %s are not deleted one by one".formatted(table))
          .with("Allow", "GET, POST, PUT");
    }
    if (!request.parameters().isEmpty()) {
      throw new BadFieldException(
          request.parameters().get(0).name(), "DELETE takes no query; the id stands in the path");
    }
    if (id.isEmpty()) {
      return Response.problem(
          404, "Not found", "Which %s is meant? Its id belongs in the path".formatted(table));
    }
    Object value = RestCells.cell(table.key().get(0), id.get());
    if (!(value instanceof Long number)) {
      throw new BadFieldException(Table.ID, "id should be a whole number");
    }
    Outcome outcome = store.delete(table, number);
    return outcome instanceof Outcome.Refused refused ? refused(refused) : Response.nothing();
  }

  private Response stored(Outcome outcome, RestTable table, Request request) throws IOException {
    if (outcome instanceof Outcome.Refused refused) {
      return refused(refused);
    }
    if (table.hasId()) {
      release();
    }
    Rows row = ((Outcome.Done) outcome).rows();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (RestJson.Writer json = new RestJson.Writer(body)) {
      json.row(table, row, 0);
    }
    Response response = Response.bytes(201, SyncApi.JSON_TYPE, body.toByteArray());
    return table.hasId()
        ? response.with(
            "Location",
            "%s/rest/%s/%s"
                .formatted(request.origin(), TableEndpoint.typed(request), row.value(Table.ID, 0)))
        : response;
  }

  private void release() {
    try {
      uploads.release();
    } catch (StoreException e) {
      // The row itself is stored; those that wait for it go on waiting until the next one comes.
      log.warn("Rows that waited for a new one could not be stored yet: {}", e.getMessage());
    }
  }

  private static Response refused(Outcome.Refused refused) {
    return switch (refused.reason()) {
      case DUPLICATE -> problem(409, "There already", refused);
      case DANGLING -> problem(422, "Refers to nothing", refused);
      case IN_USE -> problem(409, "In use", refused);
      case SEVERAL -> problem(409, "Not clear", refused);
      case CONTRADICTION -> problem(400, "Not understood", refused);
      case NOT_THERE -> problem(404, "Not found", refused);
    };
  }

  private static Response problem(int status, String title, Outcome.Refused refused) {
    return refused.field().isPresent()
        ? Response.problem(status, title, refused.detail(), refused.field().get())
        : Response.problem(status, title, refused.detail());
  }
}
