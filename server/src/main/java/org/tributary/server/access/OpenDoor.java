package org.tributary.server.access;

import java.io.IOException;
import java.util.Optional;
import org.tributary.server.http.Caller;
import org.tributary.server.http.Door;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.wire.GatewayId;
import org.tributary.wire.SyncApi;
import org.tributary.wire.WireFormatException;

/** Lets everybody in, and believes gateways their names: for this machine's loopback only. */
public final class OpenDoor implements Door {

  @Override
  public Response answer(Endpoint endpoint, Request request) throws IOException {
    Optional<GatewayId> said = Optional.empty();
    Optional<String> name = request.header(SyncApi.GATEWAY_HEADER);
    if (name.isPresent()) {
      said = Optional.of(named(name.get()));
    }
    return endpoint.answer(request.by(Caller.anybody(said)));
  }

  @Override
  public Response nothingThere(Request request, Response otherwise) {
    return otherwise;
  }

  private static GatewayId named(String name) throws WireFormatException {
    try {
      return new GatewayId(name);
    } catch (IllegalArgumentException e) {
      throw new WireFormatException(String.valueOf(e.getMessage()), e);
    }
  }
}
