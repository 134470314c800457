package org.tributary.server.http;

import java.io.IOException;
import org.tributary.store.Database;
import org.tributary.wire.SyncApi;
import org.tributary.wire.SyncJson;

/** Whether central can do its work: its database would take a batch. */
public record HealthEndpoint(Database database, String version) implements Endpoint {

  @Override
  public Method method() {
    return Method.GET;
  }

  @Override
  public String path() {
    return SyncApi.HEALTH;
  }

  @Override
  public Audience audience() {
    return Audience.ANYONE;
  }

  @Override
  public Response answer(Request request) throws IOException {
    database.tryWrite();
    return Response.json(SyncJson.writeHealth(version));
  }
}
