package org.tributary.edge;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tributary.edge.http.HttpLink;
import org.tributary.edge.http.LinkSecurity;
import org.tributary.edge.rest.RestCentral;
import org.tributary.edge.rest.RestConflicts;
import org.tributary.edge.rest.RestFiles;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Greeting;
import org.tributary.wire.Holdings;
import org.tributary.wire.Lane;
import org.tributary.wire.MetadataChange;
import org.tributary.wire.Position;
import org.tributary.wire.SetAside;
import org.tributary.wire.Table;
import org.tributary.wire.Welcome;

/**
 * The documented REST interface: the way to a server that speaks nothing else. It refuses nothing
 * as a whole; what it can't take is set aside here. Thread-safe.
 */
final class RestTransport implements Transport {

  private final HttpLink link;
  private final RestCentral central;
  private final RestConflicts conflicts;

  /**
   * @param base where the server or its REST interface begins, ending in a slash
   */
  RestTransport(URI base, GatewayId gateway, LinkSecurity security, RestFiles files, Clock clock) {
    this(base, gateway, security, files, clock, HttpLink.CONNECT_TIMEOUT, HttpLink.ANSWER_TIMEOUT);
  }

  RestTransport(
      URI base,
      GatewayId gateway,
      LinkSecurity security,
      RestFiles files,
      Clock clock,
      Duration connectTimeout,
      Duration answerTimeout) {
    this.link = new HttpLink(withRest(base), security, connectTimeout, answerTimeout);
    this.central = new RestCentral(link, gateway, files, clock);
    this.conflicts = new RestConflicts(link, gateway, files, clock);
  }

  /** Where the interface begins. */
  String address() {
    return link.base().toString();
  }

  /** What this gateway and the server had otherwise. */
  RestConflicts conflicts() {
    return conflicts;
  }

  /** How many sensor types are shown, if the interface answers there. */
  Optional<Integer> sensorTypes() {
    return RestCentral.sensorTypesAt(link);
  }

  @Override
  public OptionalLong sentBytes() {
    return OptionalLong.of(link.bytesSent());
  }

  @Override
  public Welcome greet(Greeting greeting) throws IOException {
    return central.greet(greeting);
  }

  @Override
  public Optional<Position> resume(Welcome welcome, Table table, Lane lane) throws IOException {
    return central.resume(table, lane);
  }

  @Override
  public Ack send(Batch batch) throws IOException {
    return central.send(batch);
  }

  @Override
  public Optional<Position> acknowledged(Table series) {
    return central.acknowledged(series);
  }

  @Override
  public Optional<List<MetadataChange>> changes(Holdings holdings) throws IOException {
    return Optional.of(central.changes(holdings));
  }

  /** One: which of two rows of a second comes first decides what is sent of it. */
  @Override
  public int inFlight() {
    return 1;
  }

  @Override
  public Optional<GatewayStatus> status() throws IOException {
    return central.status();
  }

  @Override
  public List<SetAside> setAside() throws IOException {
    return central.setAside();
  }

  @Override
  public Optional<String> caveat() {
    return Optional.of(
        "the REST interface acknowledges uploads, not rows: that all of them are there can't be"
            + " proved this way");
  }

  private static URI withRest(URI base) {
    return base.toString().endsWith("/rest/") ? base : base.resolve("rest/");
  }
}
