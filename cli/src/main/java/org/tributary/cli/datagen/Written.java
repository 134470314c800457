package org.tributary.cli.datagen;

/** How many rows were put into a database. */
public record Written(long readings, long states) {

  public static final Written NOTHING = new Written(0, 0);

  public Written plus(Written more) {
    return new Written(readings + more.readings, states + more.states);
  }

  public long rows() {
    return readings + states;
  }
}
