package org.tributary.edge;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.tributary.edge.direct.DirectCentral;
import org.tributary.edge.direct.NoWayException;
import org.tributary.store.direct.UnfitException;
import org.tributary.store.ingest.RefusedGatewayException;
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
import org.tributary.wire.Table;
import org.tributary.wire.Welcome;

/**
 * Straight into a remote database: the way where there is no server program. What a central of ours
 * would do with a batch is done here. Thread-safe.
 */
final class DirectTransport implements Transport {

  private static final BatchSize.Tempo TEMPO = new BatchSize.Tempo(25_000, Duration.ofSeconds(20));

  private final DirectCentral central;

  DirectTransport(DirectCentral central) {
    this.central = central;
  }

  private interface Question<T> {
    T ask()
        throws IOException,
            RefusedException,
            NoWayException,
            UnfitException,
            RefusedGatewayException;
  }

  /** What somebody has to change first is a refusal, whoever says so. */
  private static <T> T answer(Question<T> question) throws IOException, RefusedException {
    try {
      return question.ask();
    } catch (NoWayException | UnfitException | RefusedGatewayException e) {
      throw new RefusedException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Welcome greet(Greeting greeting) throws IOException, RefusedException {
    return answer(() -> central.greet(greeting));
  }

  @Override
  public Optional<Position> resume(Welcome welcome, Table table, Lane lane)
      throws IOException, RefusedException {
    return answer(() -> central.resume(welcome, table, lane));
  }

  /**
   * One: there is one connection, and where only the rows tell how far they have come none may
   * overtake another.
   */
  @Override
  public int inFlight() {
    return 1;
  }

  /** A batch takes many turns, however large it is: on a slow link only large ones get ahead. */
  @Override
  public BatchSize.Tempo tempo() {
    return TEMPO;
  }

  @Override
  public boolean takesNewestFirst() {
    return central.keepsBooks();
  }

  @Override
  public Optional<String> caveat() {
    List<String> caveats = central.caveats();
    return caveats.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", caveats));
  }

  @Override
  public Ack send(Batch batch) throws IOException, RefusedException {
    return answer(() -> central.send(batch));
  }

  @Override
  public Optional<List<Difference>> compare(Claims claims) throws IOException, RefusedException {
    return Optional.of(answer(() -> central.differences(claims)));
  }

  @Override
  public List<Part> sketch(Sketches sketches) throws IOException, RefusedException {
    return answer(() -> central.parts(sketches));
  }

  @Override
  public Optional<List<MetadataChange>> changes(Holdings holdings)
      throws IOException, RefusedException {
    return Optional.of(answer(() -> central.changes(holdings)));
  }

  @Override
  public Optional<GatewayStatus> status() throws IOException, RefusedException {
    return answer(central::status);
  }

  @Override
  public List<SetAside> setAside() throws IOException, RefusedException {
    return answer(central::setAside);
  }

  @Override
  public Optional<Plan> plan(Proposal proposal) throws IOException, RefusedException {
    return Optional.of(answer(() -> central.plan(proposal)));
  }

  @Override
  public void close() {
    central.close();
  }
}
