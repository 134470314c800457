package org.tributary.server.rest;

import java.io.IOException;
import java.util.Locale;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.SourceDatabase;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;

/** All rows of one table as a JSON list, as the REST interface has them. */
public record TableEndpoint(SourceDatabase database, Table table) implements Endpoint {

  @Override
  public Method method() {
    return Method.GET;
  }

  @Override
  public String path() {
    return "/rest/" + table.name().toLowerCase(Locale.ROOT) + "/";
  }

  @Override
  public Response answer(Request request) throws IOException {
    synchronized (database) { // it has one connection and is asked rarely
      return Response.json(SyncJson.writeTable(database.readAll(table).rows()));
    }
  }
}
