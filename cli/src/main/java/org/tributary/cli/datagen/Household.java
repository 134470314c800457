package org.tributary.cli.datagen;

/** Who lives in a house, and when they are where. Weekdays differ from weekends. Immutable. */
final class Household {

  private static final int LEAVING = 0;
  private static final int RETURNING = 1;
  private static final int RISING = 2;
  private static final int BEDTIME = 3;
  private static final int SHOWER = 4;
  private static final int SUPPER = 5;
  private static final int OUTING = 6;
  private static final int ALWAYS = 7;

  private final Dice dice;
  private final int people;
  private final double comfort;

  Household(Dice dice) {
    this.dice = dice;
    this.people = 1 + (int) dice.between(0, 4, 0, ALWAYS);
    this.comfort = dice.between(19, 21.5, 1, ALWAYS);
  }

  /** How many people there are in a room, on average. */
  double peopleIn(Room room, Moment at) {
    if (isAsleep(at)) {
      return room.use() == Room.Use.SLEEPING ? Math.min(people, 2) : 0;
    }
    if (!isSomebodyIn(at)) {
      return 0;
    }
    return switch (room.use()) {
      case LIVING -> at.hour() > 17 ? people * 0.8 : people * 0.4;
      case COOKING -> isCooking(at) ? 1.2 : 0.2;
      case WASHING -> isShowering(at) ? 1 : 0.05;
      case SLEEPING -> 0.15 * people;
      case PASSING -> 0.1 * people;
    };
  }

  /** What the thermostat is set to. */
  double wantedTemperature(Moment at) {
    return isAsleep(at) || !isSomebodyIn(at) ? comfort - 3.5 : comfort;
  }

  /** What the whole house draws, in watt, without what flickers. */
  double power(Moment at) {
    double fridge = Math.sin(2 * Math.PI * at.hour() * 60 / 47) > 0.2 ? 85 : 0;
    double lights = !isAsleep(at) && isSomebodyIn(at) && !at.isBetween(9, 17) ? 60 * people : 0;
    double screens = !isAsleep(at) && isSomebodyIn(at) ? 110 : 0;
    return 70
        + fridge
        + lights
        + screens
        + (isCooking(at) ? 1_900 : 0)
        + (isShowering(at) ? 3_200 : 0);
  }

  boolean isCooking(Moment at) {
    double supper = dice.between(17.8, 19.2, at.day(), SUPPER);
    return isSomebodyIn(at) && at.isBetween(supper, supper + 0.7);
  }

  boolean isShowering(Moment at) {
    double shower = rising(at) + dice.between(0.1, 0.5, at.day(), SHOWER);
    return at.isBetween(shower, shower + 0.12 * people);
  }

  private boolean isAsleep(Moment at) {
    return at.isBetween(dice.between(22.3, 23.9, at.day(), BEDTIME), rising(at));
  }

  private boolean isSomebodyIn(Moment at) {
    if (at.isWeekend()) {
      double outing = dice.between(10, 14, at.day(), OUTING);
      return dice.roll(at.day(), ALWAYS) < 0.3 || !at.isBetween(outing, outing + 3);
    }
    double leaving = dice.between(7.8, 8.9, at.day(), LEAVING);
    return !at.isBetween(leaving, dice.between(15.5, 18, at.day(), RETURNING));
  }

  private double rising(Moment at) {
    return at.isWeekend()
        ? dice.between(7.5, 9.5, at.day(), RISING)
        : dice.between(6, 7.2, at.day(), RISING);
  }
}
