package org.tributary.server.rest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.server.http.Room;
import org.tributary.store.StoreException;
import org.tributary.store.Trouble;
import org.tributary.store.ingest.RestIngest;
import org.tributary.wire.SyncApi;
import org.tributary.wire.TooLargeException;
import org.tributary.wire.WireFormatException;
import org.tributary.wire.rest.RestJson;

/**
 * Rows of any tables in one body, stored together.
 *
 * <p>A gateway of the original system takes every answer but 500 for success and never sends the
 * rows again. So whatever keeps central from storing now is answered 500, and what could come from
 * such a gateway is never refused in another way.
 */
public record BulkEndpoint(RestIngest ingest, Room room, Method method, String path)
    implements Endpoint {

  private static final Logger log = LoggerFactory.getLogger(BulkEndpoint.class);
  private static final int MAX_OBJECTS = 250_000;
  private static final int RETRY_SECONDS = 30;
  private static final byte[] STORED = "[]".getBytes(StandardCharsets.UTF_8);

  /** For both methods that upload, with an id, which says nothing, and without. */
  public static List<Endpoint> all(RestIngest ingest, Room room) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (Method method : List.of(Method.POST, Method.PUT)) {
      for (String path : List.of("/rest/bulk", "/rest/bulk/{id}")) {
        endpoints.add(new BulkEndpoint(ingest, room, method, path));
      }
    }
    return endpoints;
  }

  @Override
  public Audience audience() {
    return Audience.UPLOADERS;
  }

  /** Whatever else a gateway of the original system hears, it takes for success. */
  @Override
  public int crowdedStatus() {
    return 500;
  }

  @Override
  public Response answer(Request request) throws IOException {
    try (Room.Share share = room.share();
        InputStream body = UploadBody.open(request.bodyStream(Long.MAX_VALUE), share);
        RestJson.Reader reader = new RestJson.Reader(body, Integer.MAX_VALUE)) {
      ingest.store(new Counting(reader));
      return Response.bytes(201, SyncApi.JSON_TYPE, STORED);
    } catch (NotNowException e) {
      return notNow(e, request);
    } catch (StoreException e) {
      return later(
          e.trouble() == Trouble.FULL
              ? "Central's disk is full"
              : "Central's database can't be used now",
          e);
    } catch (ZipException | EOFException e) {
      return later("The body broke on its way", e);
    } catch (TooLargeException e) {
      throw e; // nothing that a gateway sends
    } catch (WireFormatException e) {
      if (!isOriginal(request)) {
        throw e;
      }
      return later("The body is none that can be read: " + e.getMessage(), e);
    } catch (IOException e) {
      return later("The body could not be read", e);
    }
  }

  /** A gateway that is set to huge batches has to hear 500; a program that knows better, 413. */
  private static Response notNow(NotNowException failure, Request request) {
    String what = String.valueOf(failure.getMessage());
    if (failure.isTooLarge() && !isOriginal(request)) {
      return Response.problem(413, "Too large", what);
    }
    return later(
        failure.isTooLarge() ? what + " (a gateway's pushlimit says how many rows)" : what,
        failure);
  }

  private static boolean isOriginal(Request request) {
    return request.header("Content-Type").isEmpty();
  }

  private static Response later(String what, Exception cause) {
    log.warn("An upload was not stored and has to come again: {} ({})", what, cause.toString());
    return Response.later(500, "Not stored", what, RETRY_SECONDS);
  }

  /** Objects up to the limit. */
  private static final class Counting implements RestIngest.ObjectSource {
    private final RestJson.Reader reader;
    private int count;

    Counting(RestJson.Reader reader) {
      this.reader = reader;
    }

    @Override
    public @Nullable Map<String, @Nullable Object> next() throws IOException {
      Map<String, @Nullable Object> object = reader.next();
      if (object != null && ++count > MAX_OBJECTS) {
        throw NotNowException.tooLarge(
            "An upload may have %,d objects at most: send it in parts".formatted(MAX_OBJECTS));
      }
      return object;
    }
  }
}
