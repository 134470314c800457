package org.tributary.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Claims;
import org.tributary.wire.Difference;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Greeting;
import org.tributary.wire.Holdings;
import org.tributary.wire.Lane;
import org.tributary.wire.MetadataChange;
import org.tributary.wire.Part;
import org.tributary.wire.Plan;
import org.tributary.wire.Position;
import org.tributary.wire.Proposal;
import org.tributary.wire.SetAside;
import org.tributary.wire.Sketches;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Welcome;
import org.tributary.wire.WireFormatException;

/**
 * Finds out at each greeting what a remote speaks: the sync protocol, or, where what answers is no
 * central of ours, the REST interface. A central of ours in trouble is no reason to go another way.
 * Thread-safe.
 */
final class AutoTransport implements Transport {

  private static final Logger log = LoggerFactory.getLogger(AutoTransport.class);

  private final String remote;
  private final SyncTransport sync;
  private final RestTransport rest;
  private volatile Optional<Transport> chosen = Optional.empty();

  /**
   * @param remote its name, for the log
   */
  AutoTransport(String remote, SyncTransport sync, RestTransport rest) {
    this.remote = remote;
    this.sync = sync;
    this.rest = rest;
  }

  @Override
  public Welcome greet(Greeting greeting) throws IOException, RefusedException {
    return ask(way -> way.greet(greeting));
  }

  @Override
  public OptionalLong sentBytes() {
    return OptionalLong.of(sync.sentBytes().orElseThrow() + rest.sentBytes().orElseThrow());
  }

  @Override
  public Optional<Position> resume(Welcome welcome, Table table, Lane lane)
      throws IOException, RefusedException {
    return current().resume(welcome, table, lane);
  }

  @Override
  public Ack send(Batch batch) throws IOException, RefusedException {
    return current().send(batch);
  }

  @Override
  public Optional<List<Difference>> compare(Claims claims) throws IOException, RefusedException {
    return current().compare(claims);
  }

  @Override
  public List<Part> sketch(Sketches sketches) throws IOException, RefusedException {
    return current().sketch(sketches);
  }

  @Override
  public Optional<Position> acknowledged(Table series) {
    return current().acknowledged(series);
  }

  @Override
  public Optional<List<MetadataChange>> changes(Holdings holdings)
      throws IOException, RefusedException {
    return current().changes(holdings);
  }

  @Override
  public int inFlight() {
    return current().inFlight();
  }

  @Override
  public boolean takesNewestFirst() {
    return current().takesNewestFirst();
  }

  @Override
  public Optional<String> caveat() {
    return current().caveat();
  }

  @Override
  public Optional<GatewayStatus> status() throws IOException, RefusedException {
    return ask(Transport::status);
  }

  @Override
  public List<SetAside> setAside() throws IOException, RefusedException {
    return current().setAside();
  }

  @Override
  public Optional<Plan> plan(Proposal proposal) throws IOException, RefusedException {
    return current().plan(proposal);
  }

  private Transport current() {
    return chosen.orElse(sync);
  }

  private interface Question<T> {
    T to(Transport way) throws IOException, RefusedException;
  }

  private <T> T ask(Question<T> question) throws IOException, RefusedException {
    try {
      T answer = question.to(sync);
      choose(sync, "the sync protocol");
      return answer;
    } catch (WireFormatException noWordOfOurs) {
      if (isOurs() || rest.sensorTypes().isEmpty()) {
        throw noWordOfOurs;
      }
    }
    choose(rest, "the REST interface only: whether all rows are there can't be proved this way");
    return question.to(rest);
  }

  private boolean isOurs() {
    try {
      SyncJson.readHealth(sync.health().body().getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void choose(Transport way, String words) {
    if (!chosen.equals(Optional.of(way))) {
      chosen = Optional.of(way);
      log.info("{} speaks {}", remote, words);
    }
  }
}
