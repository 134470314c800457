package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What would become of something if it were done: of a gateway's next cycle, or of a person's
 * decision. Found out by doing it and taking it back.
 *
 * @param steps what would change in which row is which, and in central's rows; parents first
 * @param apart rows of tables that travel whole that would be set aside, or stay so
 * @param effect what it would do to rows of series
 * @param taken what the gateway would then take from central into its own database, a line each
 * @param notes what a person should look at besides, a line each
 */
public record Plan(
    List<Step> steps, List<Apart> apart, Effect effect, List<String> taken, List<String> notes) {

  /** Of something that brings nothing to the gateway, and about which there is no more to say. */
  public Plan(List<Step> steps, List<Apart> apart, Effect effect) {
    this(steps, apart, effect, List.of(), List.of());
  }

  public Plan {
    steps = List.copyOf(steps);
    apart = List.copyOf(apart);
    taken = List.copyOf(taken);
    notes = List.copyOf(notes);
    requireNonNull(effect);
  }

  /** Whether nothing at all would change, and nothing is in doubt. */
  public boolean isQuiet() {
    return steps.isEmpty()
        && apart.isEmpty()
        && taken.isEmpty()
        && effect.moved() == 0
        && effect.released() == 0;
  }

  /** What happens to a row of the gateway, or to a row of central. */
  public enum Act {
    /** It is a row of central that was there before. */
    MATCHED,
    /** A row of its own is made at central. */
    CREATED,
    /** It is another row of central than it was. */
    MATCHED_ANEW,
    /** The same row of central, with other values. */
    CHANGED,
    /** Nothing is filed under it until it is settled what it is. */
    IN_DOUBT,
    /** It is no row of central any more. */
    FORGOTTEN
  }

  /**
   * One row.
   *
   * @param local its id at the gateway; empty for a row of central that changes besides
   * @param shown what it is known by, for people
   * @param central its id at central, unless it is yet to be made
   * @param evidence why, in words; may be empty
   */
  public record Step(
      String table,
      Optional<Long> local,
      String shown,
      Act act,
      Optional<Long> central,
      String evidence,
      List<Change> changes) {
    public Step {
      requireNonNull(table);
      requireNonNull(local);
      requireNonNull(shown);
      requireNonNull(act);
      requireNonNull(central);
      requireNonNull(evidence);
      changes = List.copyOf(changes);
    }
  }

  /** A cell of a row of central; nulls are values. */
  public record Change(String column, @Nullable String from, @Nullable String to) {
    public Change {
      requireNonNull(column);
    }
  }

  /**
   * A row that is set aside.
   *
   * @param before whether it is so now, for the same reason
   */
  public record Apart(SetAside what, boolean before) {
    public Apart {
      requireNonNull(what);
    }
  }

  /**
   * What becomes of readings and node states that central has or has set aside.
   *
   * @param moved how many would stand under another place, node or type
   * @param released how many need not wait any longer
   * @param waiting how many wait then, for something that they refer to
   */
  public record Effect(long moved, long released, long waiting) {
    public Effect {
      if (moved < 0 || released < 0 || waiting < 0) {
        throw new IllegalArgumentException("Counts can't be negative");
      }
    }
  }
}
