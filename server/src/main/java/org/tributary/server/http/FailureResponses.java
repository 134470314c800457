package org.tributary.server.http;

import java.io.IOException;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.store.StoreException;
import org.tributary.store.Trouble;
import org.tributary.wire.TooLargeException;
import org.tributary.wire.WireFormatException;
import org.tributary.wire.rest.BadFieldException;

/**
 * Every failure as an answer that tells the client whether to try again. What is not for strangers'
 * ears goes to the log. Stateless.
 */
final class FailureResponses {

  private static final Logger log = LoggerFactory.getLogger(FailureResponses.class);
  private static final int RETRY_SECONDS = 30;
  private static final int CROWDED_RETRY_SECONDS = 5;

  private FailureResponses() {}

  /**
   * The answer to one.
   *
   * @param asked method and path, for the log
   */
  static Response of(Exception failure, String asked) {
    String what = String.valueOf(failure.getMessage());
    if (failure instanceof TooLargeException) {
      return Response.problem(413, "Too large", what);
    }
    if (failure instanceof WireFormatException) {
      return Response.problem(400, "Not understood", what);
    }
    if (failure instanceof BadFieldException field) {
      return Response.problem(400, "Not understood", what, field.field());
    }
    if (failure instanceof StoreException store) {
      return notNow(asked, store);
    }
    if (failure instanceof CrowdedException) {
      return Response.later(429, "Busy", what, CROWDED_RETRY_SECONDS);
    }
    if (failure instanceof TooSlowException) {
      return Response.problem(408, "Too slow", what);
    }
    if (failure instanceof EofException) {
      return Response.problem(400, "Broken off", "The request ended before its body did");
    }
    if (failure instanceof IOException) {
      log.warn("{}: {}", asked, failure.toString());
      return Response.problem(400, "Broken off", "The request could not be read");
    }
    log.error("{}", asked, failure);
    return Response.later(500, "A defect", "Central's log has the trace", RETRY_SECONDS);
  }

  private static Response notNow(String asked, StoreException e) {
    switch (e.trouble()) {
      // The database itself says once that it is away and once that it is back.
      case UNAVAILABLE, DENIED, READ_ONLY, FULL -> log.debug("{}: {}", asked, e.getMessage());
      case CONFLICT, MISSING, CORRUPT, DATA, OTHER -> log.warn("{}: {}", asked, e.getMessage());
    }
    String todo =
        switch (e.trouble()) {
          case FULL -> "Central's disk is full; free some space there";
          case READ_ONLY ->
              "Central's database takes no writes; make it, or its disk, writable again";
          case CONFLICT ->
              "Central's database is locked by another program; see which one keeps a transaction"
                  + " open there";
          case UNAVAILABLE, DENIED, MISSING, CORRUPT, DATA, OTHER ->
              "Central's database can't be used now; central's log says why";
        };
    return Response.later(
        e.trouble() == Trouble.FULL ? 507 : 503,
        e.trouble() == Trouble.FULL ? "No room" : "Not now",
        todo + ". Nothing is lost: gateways keep their readings and try again by themselves.",
        RETRY_SECONDS);
  }
}
