package org.tributary.cli.datagen;

/** The weather outside: seasons, days and nights, and fronts that come and go. Immutable. */
final class Weather {

  private static final double DAYS_A_YEAR = 365.25;
  private static final double COLDEST_DAY = 20;
  private static final double[] FRONTS_IN_DAYS = {2.3, 3.7, 6.1, 11.9};

  private final Dice dice;

  Weather(Dice dice) {
    this.dice = dice;
  }

  /** In degrees Celsius. */
  double temperature(Moment at) {
    double season = -6.5 * Math.cos(2 * Math.PI * (at.days() - COLDEST_DAY) / DAYS_A_YEAR);
    double day = 3.5 * Math.cos(2 * Math.PI * (at.hour() - 15) / 24) * (1 - 0.5 * clouds(at));
    return 10.5 + season + day + 2.6 * fronts(at, 0);
  }

  /** Of the water in the air, in pascal. */
  double vapourPressure(Moment at) {
    double relative =
        0.78 + 0.12 * clouds(at) - 0.1 * Math.cos(2 * Math.PI * (at.hour() - 15) / 24);
    return Math.min(relative, 0.99) * saturation(temperature(at));
  }

  /** The most water that air of that temperature holds, in pascal (Magnus). */
  static double saturation(double celsius) {
    return 611.2 * Math.exp(17.62 * celsius / (243.12 + celsius));
  }

  private double clouds(Moment at) {
    return Math.max(0, Math.min(1, 0.5 + 0.4 * fronts(at, FRONTS_IN_DAYS.length)));
  }

  /** Swings of several lengths that never meet in the same way twice. */
  private double fronts(Moment at, int thing) {
    double sum = 0;
    for (int i = 0; i < FRONTS_IN_DAYS.length; i++) {
      double phase = dice.roll(0, thing + i);
      sum += Math.sin(2 * Math.PI * (at.days() / FRONTS_IN_DAYS[i] + phase));
    }
    return sum / 2;
  }
}
