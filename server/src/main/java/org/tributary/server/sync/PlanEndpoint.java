package org.tributary.server.sync;

import java.io.IOException;
import java.util.Optional;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.ingest.Ingest;
import org.tributary.store.ingest.RefusedGatewayException;
import org.tributary.wire.PlanCodec;
import org.tributary.wire.Proposal;
import org.tributary.wire.SyncApi;

/**
 * What a gateway would send of its houses, rooms and nodes, answered with what would come of it.
 */
public record PlanEndpoint(Ingest ingest, Ingest.Limits limits) implements Endpoint {

  @Override
  public Method method() {
    return Method.POST;
  }

  @Override
  public String path() {
    return SyncApi.PLAN;
  }

  @Override
  public Audience audience() {
    return Audience.GATEWAYS;
  }

  @Override
  public Response answer(Request request) throws IOException {
    Proposal proposal =
        PlanCodec.decode(
            request.body(limits.maxBytes()), limits.maxRows(), BatchEndpoint.expanded(limits));
    Foreign.refuse(request, proposal.greeting().gateway());
    try {
      return Response.json(PlanCodec.encode(ingest.plan(proposal, Optional.empty())));
    } catch (RefusedGatewayException e) {
      return Response.problem(409, "Refused", String.valueOf(e.getMessage()));
    }
  }
}
