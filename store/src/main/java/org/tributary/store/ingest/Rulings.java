package org.tributary.store.ingest;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.CentralId;
import org.tributary.wire.LocalId;
import org.tributary.wire.Tables;

/**
 * What people decided about the rows of one batch. Looked up once it is asked for: most batches
 * have no row about which there is anything to be asked. Not thread-safe.
 */
final class Rulings {

  private final MappingDecisions decisions;
  private final Intake intake;
  private @Nullable Map<LocalId, MappingDecision> known;

  Rulings(MappingDecisions decisions, Intake intake) {
    this.decisions = decisions;
    this.intake = intake;
  }

  /** What was decided about a row, if anything was and still stands. */
  Optional<MappingDecision> of(LocalId local) throws SQLException {
    Map<LocalId, MappingDecision> all = known;
    if (all == null) {
      all = decisions.of(intake.connection(), intake.gateway(), intake.table());
      known = all;
    }
    return Optional.ofNullable(all.get(local));
  }

  boolean is(LocalId local, Verdict verdict) throws SQLException {
    return of(local).filter(each -> each.verdict() == verdict).isPresent();
  }

  /** Notes which row of central was made for a row that is another thing. */
  void made(MappingDecision decision, CentralId central) throws SQLException {
    decisions.made(intake.connection(), decision.number(), central);
  }

  /**
   * Whether a node of this gateway was carried to another one's house, so that this one's word does
   * not count any more about where it is.
   */
  boolean isCarriedAway(CentralId node) throws SQLException {
    return intake.table().equals(Tables.NODE)
        && decisions
            .carriedTo(intake.connection(), node)
            .filter(to -> !to.equals(intake.gateway().id()))
            .isPresent();
  }
}
