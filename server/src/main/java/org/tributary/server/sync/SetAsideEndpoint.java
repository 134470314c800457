package org.tributary.server.sync;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.ingest.Ingest;
import org.tributary.store.ingest.SetAsideFilter;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Rule;
import org.tributary.wire.SyncApi;
import org.tributary.wire.SyncJson;
import org.tributary.wire.WireFormatException;
import org.tributary.wire.rest.RestTables;

/**
 * The rows of one gateway that are set aside, with their reasons: the first thousand of those that
 * fit {@code table}, {@code rule}, {@code from} and {@code to}, or the first {@code limit} behind
 * the one with the id {@code after}.
 */
public record SetAsideEndpoint(Ingest ingest) implements Endpoint {

  private static final int MAX_ROWS = 1_000;

  @Override
  public Method method() {
    return Method.GET;
  }

  @Override
  public String path() {
    return SyncApi.GATEWAYS + "/{gateway}/setaside";
  }

  @Override
  public Audience audience() {
    return Audience.ITSELF_AND_READERS;
  }

  @Override
  public Response answer(Request request) throws IOException {
    GatewayId gateway = BatchEndpoint.named(request.pathParameter("gateway"));
    Asked asked = asked(request);
    return ingest
        .setAside(gateway, asked.filter(), asked.after(), asked.limit())
        .map(rows -> Response.json(SyncJson.writeSetAsideRows(rows)))
        .orElseGet(() -> GatewayEndpoint.unknown(gateway));
  }

  private record Asked(SetAsideFilter filter, long after, int limit) {}

  private static Asked asked(Request request) throws WireFormatException {
    Optional<String> table = Optional.empty();
    Optional<Rule> rule = Optional.empty();
    Optional<Instant> from = Optional.empty();
    Optional<Instant> before = Optional.empty();
    long after = 0;
    long limit = MAX_ROWS;
    for (Request.Parameter parameter : request.parameters()) {
      String value = parameter.value();
      try {
        switch (parameter.name()) {
          case "table" -> table = Optional.of(RestTables.named(value).orElseThrow().table().name());
          case "rule" -> rule = Optional.of(Rule.valueOf(value));
          case "from" -> from = Optional.of(Instant.parse(value));
          case "to" -> before = Optional.of(Instant.parse(value));
          case "after" -> after = Long.parseLong(value);
          case "limit" -> limit = Math.max(1, Math.min(MAX_ROWS, Long.parseLong(value)));
          default ->
              throw new WireFormatException(
                  "\"%s\" is no parameter; expected table, rule, from, to, after or limit"
                      .formatted(parameter.name()));
        }
      } catch (IllegalArgumentException | DateTimeException | NoSuchElementException e) {
        throw new WireFormatException("\"%s\" can't be %s".formatted(value, parameter.name()), e);
      }
    }
    return new Asked(
        new SetAsideFilter(Optional.empty(), table, rule, from, before), after, (int) limit);
  }
}
