package org.tributary.edge;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
 * How a gateway reaches one central. Only a decoded answer is success; an {@link IOException} means
 * "again later", a {@link RefusedException} "the same again will be refused again". Thread-safe.
 */
interface Transport extends AutoCloseable {

  /** Says who we are; what central has and takes. */
  Welcome greet(Greeting greeting) throws IOException, RefusedException;

  /**
   * Where a table begins. Asked just before it is sent, for a way that can't know before what the
   * table refers to has been sent.
   */
  default Optional<Position> resume(Welcome welcome, Table table, Lane lane)
      throws IOException, RefusedException {
    return welcome.position(table, lane);
  }

  /** How many batches may be on their way at once. */
  default int inFlight() {
    return Pipeline.DEPTH;
  }

  /** How batches grow and shrink. */
  default BatchSize.Tempo tempo() {
    return BatchSize.Tempo.USUAL;
  }

  /** Whether the newest rows may go first: whether central notes what is left behind. */
  default boolean takesNewestFirst() {
    return false;
  }

  /** Bytes of the requests that were answered; empty where a way can't count them. */
  default OptionalLong sentBytes() {
    return OptionalLong.empty();
  }

  /** What this way can't promise, a sentence for whoever wonders whether all is there. */
  default Optional<String> caveat() {
    return Optional.empty();
  }

  /**
   * Carries a batch; central's account of every row, all of it durable by then.
   *
   * @return with {@link Ack#pause} saying how long was waited for central's sake meanwhile
   */
  Ack send(Batch batch) throws IOException, RefusedException;

  /** Which windows are not the same at central; empty where a way can't compare. */
  default Optional<List<Difference>> compare(Claims claims) throws IOException, RefusedException {
    return Optional.empty();
  }

  /** Which buckets of windows are not the same at central; asked only after {@link #compare}. */
  default List<Part> sketch(Sketches sketches) throws IOException, RefusedException {
    return List.of();
  }

  /**
   * The newest row of a series that was acknowledged, of a central that can't tell by itself
   * whether the gateway has lost rows; empty for all others.
   */
  default Optional<Position> acknowledged(Table series) {
    return Optional.empty();
  }

  /**
   * What was done to metadata at central that this gateway does not have yet; empty where a way
   * can't tell. Asked after all metadata has been sent.
   */
  default Optional<List<MetadataChange>> changes(Holdings holdings)
      throws IOException, RefusedException {
    return Optional.empty();
  }

  /** What central knows of this gateway; empty if it never greeted. Changes nothing. */
  Optional<GatewayStatus> status() throws IOException, RefusedException;

  /** The first of this gateway's rows that are set aside; none where a way can't tell. */
  default List<SetAside> setAside() throws IOException, RefusedException {
    return List.of();
  }

  /** What would become of tables that travel whole; empty where a way can't tell. */
  default Optional<Plan> plan(Proposal proposal) throws IOException, RefusedException {
    return Optional.empty();
  }

  /** Ends what was kept open between calls; most ways keep nothing. */
  @Override
  default void close() {}
}
