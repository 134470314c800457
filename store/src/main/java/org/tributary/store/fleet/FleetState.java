package org.tributary.store.fleet;

/**
 * How a gateway is, in one word. The first that fits counts, and the list begins with the worst.
 * Central does not see a gateway at work: whether one is sending just now only the gateway can say.
 */
public enum FleetState {
  /** Refused until somebody decides at central: two machines go by its name. */
  STOPPED("STOPPED"),
  /**
   * Somebody has to do something: rows are set aside by a rule that does not settle itself, or its
   * clock is off by more than is trusted.
   */
  ACTION_NEEDED("ACTION NEEDED"),
  /** Not heard for longer than it takes it at the most, going by its habit. */
  SILENT("SILENT"),
  /** In touch, and still sending what it left behind to send newer rows first. */
  CATCHING_UP("CATCHING UP"),
  /** In touch; it said last that it has rows that are not here, or others than here. */
  WAITING("WAITING"),
  /** In touch for longer than a day, and nothing of it was ever compared. */
  NOT_COMPARED("NOT COMPARED"),
  /** In touch for less than a day, and nothing of it was compared yet. */
  NEW("NEW"),
  /** Not one gateway, but all clients of the REST interface: they don't say who they are. */
  UPLOADS("UPLOADS"),
  /** In touch, and all that it said last that it has is here. */
  ALL_SENT("ALL SENT");

  private final String words;

  FleetState(String words) {
    this.words = words;
  }

  /** The state as people read it. */
  public String words() {
    return words;
  }
}
