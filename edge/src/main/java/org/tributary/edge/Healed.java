package org.tributary.edge;

/**
 * What comparing both ends came to.
 *
 * @param days windows of a day, each of one series, that were not the same on both sides
 * @param sent rows that travelled because of it
 * @param stored how many of them central lacked or had otherwise
 * @param kept rows that central has and the gateway no longer, found now
 * @param deleted rows that central deleted because the gateway has them no longer
 * @param mirrorRefused whether central would not delete because the gateway lost too many
 * @param left days that still differ: there was no time for them
 * @param backlog whether some of what the live lane left behind is still to be sent, for the same
 *     reason
 */
public record Healed(
    int days,
    long sent,
    long stored,
    long kept,
    long deleted,
    boolean mirrorRefused,
    int left,
    boolean backlog) {

  public static final Healed NOTHING = new Healed(0, 0, 0, 0, 0, false, 0, false);

  /** Rows of the past that travelled without any comparing. */
  static Healed sent(long rows, long stored) {
    return new Healed(0, rows, stored, 0, 0, false, 0, false);
  }

  /** Days that there was no time for. */
  static Healed left(int days) {
    return new Healed(0, 0, 0, 0, 0, false, days, false);
  }

  Healed withBacklog() {
    return new Healed(days, sent, stored, kept, deleted, mirrorRefused, left, true);
  }

  public Healed plus(Healed other) {
    return new Healed(
        days + other.days,
        sent + other.sent,
        stored + other.stored,
        kept + other.kept,
        deleted + other.deleted,
        mirrorRefused || other.mirrorRefused,
        left + other.left,
        backlog || other.backlog);
  }
}
