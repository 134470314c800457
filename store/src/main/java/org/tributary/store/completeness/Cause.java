package org.tributary.store.completeness;

/** Why readings of a stretch of time are not here: one for each gap, the first that fits. */
public enum Cause {
  /** They are here, but without a location, so that they are no house's. */
  UNLOCATED("here, under no location"),
  /** They were here, and their gateway deleted them. */
  DELETED("deleted"),
  /** They arrived and are kept apart, by a rule that the evidence names. */
  SET_ASIDE("set aside"),
  /** The gateway's clock was wrong when they were taken; they are kept apart under other times. */
  CLOCK_UNTRUSTED("clock untrusted"),
  /** The gateway says that it has them. */
  WAITING("waiting for upload"),
  /** The gateway has not been in touch since then: they may be there or not. */
  NOT_HEARD("gateway not heard since"),
  /** No node of the house recorded anything: gateway, base station or logger were off. */
  GATEWAY_OFF("gateway off"),
  /** The node went on counting its messages, and nobody heard them. */
  RADIO_LOSS("lost by radio"),
  /** Others of the house were heard, and this node said nothing. */
  SENSOR_SILENT("sensor silent"),
  /** None of these can be told. */
  UNKNOWN("can't be told");

  private final String words;

  Cause(String words) {
    this.words = words;
  }

  /** The cause in plain words. */
  public String words() {
    return words;
  }
}
