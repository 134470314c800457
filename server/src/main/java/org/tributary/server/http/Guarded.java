package org.tributary.server.http;

import java.io.IOException;

/** An endpoint with something in front of it. */
abstract class Guarded implements Endpoint {

  private final Endpoint endpoint;

  Guarded(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  final Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public final Method method() {
    return endpoint.method();
  }

  @Override
  public final String path() {
    return endpoint.path();
  }

  @Override
  public final Audience audience() {
    return endpoint.audience();
  }

  @Override
  public final Audience audience(Request request) throws IOException {
    return endpoint.audience(request);
  }

  @Override
  public final int crowdedStatus() {
    return endpoint.crowdedStatus();
  }
}
