package org.tributary.store;

/** How many rows were new, were there with other values, and were there already. */
public record Stored(int inserted, int changed, int unchanged) {

  public static final Stored NOTHING = new Stored(0, 0, 0);

  public Stored plus(Stored other) {
    return new Stored(
        inserted + other.inserted, changed + other.changed, unchanged + other.unchanged);
  }
}
