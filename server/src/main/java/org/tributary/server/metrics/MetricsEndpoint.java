package org.tributary.server.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;

/** Central's figures, in the text format that Prometheus reads. */
public record MetricsEndpoint(CentralMeters meters) implements Endpoint {

  /** The text format, as it was before OpenMetrics: everything reads it. */
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  @Override
  public Method method() {
    return Method.GET;
  }

  @Override
  public String path() {
    return "/metrics";
  }

  @Override
  public Audience audience() {
    return Audience.READERS;
  }

  @Override
  public Response answer(Request request) throws IOException {
    return Response.bytes(200, TYPE, meters.scrape().getBytes(StandardCharsets.UTF_8));
  }
}
