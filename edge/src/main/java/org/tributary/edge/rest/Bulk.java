package org.tributary.edge.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import org.tributary.edge.http.LaterException;
import org.tributary.store.Counted;

/**
 * Delivers rows by bulk uploads, which an original server stores all or none of, and of which it
 * says nothing but that. An upload that it fails on (500) is tried again, then halved until the
 * rows are found that it fails on; these are refused if, right after, it takes a row that it has
 * taken before and can write at all. Any other answer than 201 with a list means "not delivered".
 */
final class Bulk {

  private static final int MOST_BYTES = 2 << 20; // of JSON, before it is compressed
  private static final int MOST_REFUSED = 50; // at once; the next push goes on

  /** Hears of rows that the server fails on. */
  interface Refused {
    /**
     * Hears of one.
     *
     * @param row its number among those delivered
     * @param words what the server said
     */
    void row(int row, String words) throws IOException;
  }

  private record Suspect(int row, String words) {}

  private final RestClient client;
  private final Evidence evidence;

  /**
   * @param evidence whether the server can write at all
   */
  Bulk(RestClient client, Evidence evidence) {
    this.client = client;
    this.evidence = evidence;
  }

  /**
   * Delivers rows, each a JSON object.
   *
   * @param good one that the server has taken before, if there is one
   * @return one that it has taken now, if it has taken any
   * @throws IOException if not every row was either taken or refused; some may have been taken
   */
  Optional<byte[]> deliver(List<byte[]> rows, Optional<byte[]> good, Refused refused)
      throws IOException {
    Delivery delivery = new Delivery(rows, good, refused);
    int from = 0;
    while (from < rows.size()) {
      int to = fitting(rows, from);
      delivery.deliver(from, to);
      from = to;
    }
    delivery.settle();
    return delivery.good;
  }

  private static int fitting(List<byte[]> rows, int from) {
    long bytes = 0;
    int to = from;
    while (to < rows.size() && (to == from || bytes + rows.get(to).length < MOST_BYTES)) {
      bytes += rows.get(to).length + 1;
      to++;
    }
    return to;
  }

  static byte[] pack(List<byte[]> rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream zlib = new DeflaterOutputStream(out)) {
      zlib.write('[');
      for (int i = 0; i < rows.size(); i++) {
        if (i > 0) {
          zlib.write(',');
        }
        zlib.write(rows.get(i));
      }
      zlib.write(']');
    } catch (IOException e) {
      throw new UncheckedIOException("Memory does not fail to be written", e);
    }
    return out.toByteArray();
  }

  /** One list of rows on its way. */
  private final class Delivery {
    private final List<byte[]> rows;
    private final Refused refused;
    private final List<Suspect> suspects = new ArrayList<>();
    private Optional<byte[]> good;

    Delivery(List<byte[]> rows, Optional<byte[]> good, Refused refused) {
      this.rows = rows;
      this.good = good;
      this.refused = refused;
    }

    void deliver(int from, int to) throws IOException {
      if (taken(upload(from, to), from)) {
        return;
      }
      RestClient.Answer again = upload(from, to); // it may have been in trouble for a moment
      if (taken(again, from)) {
        return;
      }
      requireWorkingServer();
      halve(from, to, again);
    }

    private void halve(int from, int to, RestClient.Answer failure) throws IOException {
      if (to - from == 1) {
        suspects.add(new Suspect(from, failure.words()));
        if (suspects.size() == MOST_REFUSED) {
          settle();
          throw new LaterException(
              "Central's server fails on %s of %d; they are set aside, and the next push goes"
                      .formatted(Counted.rows(MOST_REFUSED), rows.size())
                  + " on",
              Optional.of(Duration.ofSeconds(1)));
        }
        return;
      }
      int middle = from + (to - from) / 2;
      half(from, middle);
      half(middle, to);
    }

    private void half(int from, int to) throws IOException {
      RestClient.Answer answer = upload(from, to);
      if (!taken(answer, from)) {
        halve(from, to, answer);
      }
    }

    /** Tries the suspects once more, and refuses them if all is well with the server. */
    void settle() throws IOException {
      List<Suspect> guilty = new ArrayList<>();
      for (Suspect suspect : suspects) {
        if (!taken(upload(suspect.row(), suspect.row() + 1), suspect.row())) {
          guilty.add(suspect);
        }
      }
      suspects.clear();
      if (!guilty.isEmpty()) {
        requireWorkingServer();
        for (Suspect suspect : guilty) {
          refused.row(suspect.row(), suspect.words());
        }
      }
    }

    private void requireWorkingServer() throws IOException {
      if (good.isPresent()) {
        RestClient.Answer answer = client.bulk(pack(List.of(good.get())));
        if (!answer.isTaken()) {
          throw RestClient.notTaken(answer);
        }
      }
      evidence.ofARowsOwnFault("a batch of " + Counted.rows(rows.size()));
    }

    private RestClient.Answer upload(int from, int to) throws IOException {
      return client.bulk(pack(rows.subList(from, to)));
    }

    /**
     * @return false if the server failed on these rows
     * @throws IOException if nothing can be concluded
     */
    private boolean taken(RestClient.Answer answer, int from) throws IOException {
      if (answer.isTaken()) {
        good = Optional.of(rows.get(from));
        return true;
      }
      if (answer.status() == 500 || answer.status() == 413) { // too much at once is halved too
        return false;
      }
      throw RestClient.notTaken(answer);
    }
  }
}
