package org.tributary.edge.rest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.http.HttpLink;
import org.tributary.edge.http.LaterException;
import org.tributary.wire.Table;
import org.tributary.wire.WireFormatException;
import org.tributary.wire.rest.RestDates;
import org.tributary.wire.rest.RestJson;
import org.tributary.wire.rest.RestTable;

/**
 * The requests of the REST interface. An answer counts if its status is the one that the interface
 * names and its body can be decoded; anything else is an {@link IOException}: again later.
 * Thread-safe.
 */
final class RestClient {

  private static final int MOST_ROWS = 200_000;

  private final HttpLink link;
  private volatile Optional<Instant> date = Optional.empty();

  RestClient(HttpLink link) {
    this.link = link;
  }

  /**
   * An answer to a bulk upload.
   *
   * @param isList whether its body is a JSON list, as that of a success has to be
   * @param words the beginning of its body, for people
   */
  record Answer(int status, boolean isList, String words, URI uri, Optional<Duration> retryAfter) {
    boolean isTaken() {
      return status == 201 && isList;
    }
  }

  /** What time it was by the server's clock when it last answered, if it says so. */
  Optional<Instant> date() {
    return date;
  }

  /** Rows of a table. */
  List<CentralRow> list(RestTable table, String query) throws IOException {
    return rows(table, get(table.path() + "/" + query));
  }

  /** The row with that id, if there is one. */
  Optional<CentralRow> find(RestTable table, long id) throws IOException {
    return list(table, Long.toString(id)).stream().filter(row -> row.id() == id).findFirst();
  }

  /** All rows of a table; empty if the server does not know it. */
  Optional<List<CentralRow>> listIfKnown(RestTable table) throws IOException {
    HttpResponse<byte[]> answer = answer(link.request(table.path() + "/").GET());
    return switch (answer.statusCode()) {
      case 400, 404, 405, 500 -> Optional.empty();
      default -> Optional.of(rows(table, ok(answer)));
    };
  }

  /** The time that a special resource tells, if it has one. */
  Optional<Instant> time(String path, String parameter, String value) throws IOException {
    String query = parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    HttpResponse<byte[]> answer = get(path + "/?" + query);
    Optional<String> text = RestJson.readText(answer.body());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> time = RestDates.read(text.get());
    if (time.isEmpty()) {
      throw new WireFormatException("%s tells no time: %s".formatted(answer.uri(), text.get()));
    }
    return time;
  }

  /** Creates a row; empty if the server refuses, for whatever reason. */
  Optional<CentralRow> create(RestTable table, Map<String, @Nullable Object> row)
      throws IOException {
    return stored(
        table,
        answer(link.request(table.path() + "/").POST(BodyPublishers.ofByteArray(json(row)))));
  }

  /** Replaces the row with that id; empty if the server refuses, for whatever reason. */
  Optional<CentralRow> replace(RestTable table, long id, Map<String, @Nullable Object> row)
      throws IOException {
    return stored(
        table,
        answer(
            link.request(table.path() + "/?id=" + id).PUT(BodyPublishers.ofByteArray(json(row)))));
  }

  /** Removes a row; false if the server did not say that it did, whatever else it says. */
  boolean delete(RestTable table, long id) throws IOException {
    HttpResponse<byte[]> answer = answer(link.request(table.path() + "/" + id).DELETE());
    return switch (answer.statusCode()) {
      case 204 -> true;
      case 200, 403, 404, 405, 409, 422, 500 -> false;
      default -> throw failure(answer.uri(), answer.statusCode(), HttpLink.retryAfter(answer));
    };
  }

  /** Whether a series has a row with that in a column. */
  boolean hasAny(Table series, String column, long id) throws IOException {
    String path = series.name().toLowerCase(Locale.ROOT) + "/?" + column + "=" + id;
    HttpResponse<byte[]> answer = ok(answer(link.request(path).header("Range", "items=0-1").GET()));
    try (RestJson.Reader reader =
        new RestJson.Reader(new ByteArrayInputStream(answer.body()), MOST_ROWS)) {
      boolean any = reader.next() != null;
      if (!reader.isList()) {
        throw new WireFormatException(answer.uri() + " did not answer with a list");
      }
      return any;
    }
  }

  /** Uploads rows, compressed already. */
  Answer bulk(byte[] body) throws IOException {
    HttpResponse<byte[]> answer =
        answer(link.request("bulk/").POST(BodyPublishers.ofByteArray(body)));
    return new Answer(
        answer.statusCode(),
        isList(answer.body()),
        words(answer.body()),
        answer.uri(),
        HttpLink.retryAfter(answer));
  }

  /** What keeps an upload from having been taken, as an exception to throw. */
  static IOException notTaken(Answer answer) {
    return failure(answer.uri(), answer.status(), answer.retryAfter());
  }

  private static boolean isList(byte[] body) {
    try (RestJson.Reader reader = new RestJson.Reader(new ByteArrayInputStream(body), MOST_ROWS)) {
      while (reader.next() != null) {
        // Whatever it says; the status says that the rows are stored.
      }
      return reader.isList();
    } catch (IOException e) {
      return false;
    }
  }

  private static String words(byte[] body) {
    String text =
        new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8)
            .replaceAll("[\\p{Cntrl}\\s]+", " ")
            .strip();
    return text.length() > 160 ? text.substring(0, 160) + "…" : text;
  }

  private static byte[] json(Map<String, @Nullable Object> row) {
    return RestJson.bytes(row);
  }

  private static Optional<CentralRow> stored(RestTable table, HttpResponse<byte[]> answer)
      throws IOException {
    if (answer.statusCode() == 201) {
      List<CentralRow> rows = rows(table, answer);
      if (rows.size() == 1) {
        return Optional.of(rows.get(0));
      }
    }
    if (answer.statusCode() == 500 || answer.statusCode() == 409 || answer.statusCode() == 422) {
      return Optional.empty();
    }
    throw failure(answer.uri(), answer.statusCode(), HttpLink.retryAfter(answer));
  }

  private HttpResponse<byte[]> get(String path) throws IOException {
    return ok(answer(link.request(path).GET()));
  }

  private HttpResponse<byte[]> answer(HttpRequest.Builder request) throws IOException {
    HttpResponse<byte[]> answer = link.answer(request.build());
    date = HttpLink.date(answer);
    return answer;
  }

  private static HttpResponse<byte[]> ok(HttpResponse<byte[]> answer) throws IOException {
    if (answer.statusCode() != 200) {
      throw failure(answer.uri(), answer.statusCode(), HttpLink.retryAfter(answer));
    }
    return answer;
  }

  private static IOException failure(URI uri, int status, Optional<Duration> retryAfter) {
    String what = uri + " answered with status " + status;
    return HttpLink.isLater(status)
        ? new LaterException(what, retryAfter)
        : new WireFormatException(what + "; is this a server of the REST interface?");
  }

  private static List<CentralRow> rows(RestTable table, HttpResponse<byte[]> answer)
      throws IOException {
    List<CentralRow> rows = new ArrayList<>();
    try (RestJson.Reader reader =
        new RestJson.Reader(new ByteArrayInputStream(answer.body()), MOST_ROWS)) {
      Map<String, @Nullable Object> members = reader.next();
      while (members != null) {
        rows.add(CentralRow.of(table, members));
        members = reader.next();
      }
      return rows;
    } catch (IOException e) {
      throw new WireFormatException(
          "%s did not answer with rows of %s: %s".formatted(answer.uri(), table, e.getMessage()),
          e);
    }
  }
}
