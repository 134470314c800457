package org.tributary.server.sync;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.completeness.Completeness;
import org.tributary.store.completeness.CompletenessJson;
import org.tributary.store.report.Span;
import org.tributary.wire.SyncApi;
import org.tributary.wire.rest.RestJson;

/**
 * How complete one house's readings of some days are: {@code from} and {@code to} are dates, UTC,
 * both days included; without them all there is.
 */
public record CompletenessEndpoint(Completeness completeness) implements Endpoint {

  private static final class BadDateException extends Exception {
    private static final long serialVersionUID = 1;
    private final String field;

    BadDateException(String field, String message) {
      super(message);
      this.field = field;
    }
  }

  @Override
  public Method method() {
    return Method.GET;
  }

  @Override
  public String path() {
    return SyncApi.HOUSES + "/{house}/completeness";
  }

  @Override
  public Audience audience() {
    return Audience.READERS;
  }

  @Override
  public Response answer(Request request) throws IOException {
    String asked = request.pathParameter("house");
    try {
      Span span = span(request);
      long house = Long.parseLong(asked);
      return completeness
          .of(house, span)
          .map(found -> Response.json(RestJson.bytes(CompletenessJson.of(found))))
          .orElseGet(() -> unknown(asked));
    } catch (NumberFormatException e) {
      return unknown(asked);
    } catch (BadDateException e) {
      return Response.problem(400, "Not understood", String.valueOf(e.getMessage()), e.field);
    }
  }

  private static Response unknown(String house) {
    return Response.problem(404, "Not found", "There is no house with the id " + house);
  }

  private static Span span(Request request) throws BadDateException {
    Optional<Instant> from = date(request, "from");
    Optional<Instant> to = date(request, "to");
    if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
      throw new BadDateException("to", "\"to\" is before \"from\"");
    }
    return Span.ofDays(from, to);
  }

  private static Optional<Instant> date(Request request, String name) throws BadDateException {
    for (Request.Parameter parameter : request.parameters()) {
      if (parameter.name().equals(name)) {
        try {
          return Optional.of(
              LocalDate.parse(parameter.value()).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeException e) {
          throw new BadDateException(
              name, "\"%s\" is no date such as 2024-05-01".formatted(parameter.value()));
        }
      }
    }
    return Optional.empty();
  }
}
