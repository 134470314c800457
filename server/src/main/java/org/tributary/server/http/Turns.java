package org.tributary.server.http;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lets each caller have so many requests answered at a time; the others of that caller are told to
 * come again. So one that floods central, by a mistake or with a stolen key, has its own share of
 * it and no more. Thread-safe.
 */
public final class Turns {

  /** Gateways of ours have two at most, and a command beside them. */
  static final int OF_A_GATEWAY = 4;

  /** A browser has six, a program perhaps more. */
  static final int OF_OTHERS = 16;

  /** Those of an address whose sender says nothing that is known here. */
  static final int OF_STRANGERS = 8;

  private static final int RETRY_SECONDS = 2;

  private final Map<String, Integer> running = new HashMap<>();

  /** The same endpoint, for everybody by turns. */
  public Endpoint guarding(Endpoint endpoint) {
    return new ByTurns(endpoint);
  }

  private synchronized boolean isBegun(String who, int most) {
    int now = running.getOrDefault(who, 0);
    if (now >= most) {
      return false;
    }
    running.put(who, now + 1);
    return true;
  }

  private synchronized void end(String who) {
    running.computeIfPresent(who, (name, count) -> count == 1 ? null : count - 1);
  }

  /**
   * Under which name what somebody asks is counted. Where nobody signs in, those who don't say who
   * they are have no share: all are of us.
   */
  static Optional<String> who(Caller caller) {
    return switch (caller.kind()) {
      case STRANGER -> Optional.empty();
      case KEY, SESSION -> caller.holder().map(who -> who.role() + " " + who.name());
      case ANYBODY -> caller.said().map(gateway -> "gateway " + gateway);
    };
  }

  private static int most(Caller caller) {
    if (caller.isStranger()) {
      return OF_STRANGERS;
    }
    return caller.keyOf().or(caller::said).isPresent() ? OF_A_GATEWAY : OF_OTHERS;
  }

  private final class ByTurns extends Guarded {
    ByTurns(Endpoint endpoint) {
      super(endpoint);
    }

    @Override
    public Response answer(Request request) throws IOException {
      Caller caller = request.caller();
      Optional<String> who =
          caller.isStranger() ? Optional.of("address " + request.address()) : who(caller);
      if (who.isEmpty()) {
        return endpoint().answer(request);
      }
      int most = most(caller);
      if (!isBegun(who.get(), most)) {
        return Response.later(
            crowdedStatus(),
            "One after the other",
            "Central answers %d requests of one sender at a time; the others have to come again"
                .formatted(most),
            RETRY_SECONDS);
      }
      try {
        return endpoint().answer(request);
      } finally {
        end(who.get());
      }
    }
  }
}
