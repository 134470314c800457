package org.tributary.server.page.fleet;

import java.time.Duration;
import org.tributary.server.page.Frame;
import org.tributary.store.fleet.CoverageDay;
import org.tributary.store.fleet.CoverageState;
import org.tributary.store.fleet.DayState;
import org.tributary.store.fleet.FleetState;
import org.tributary.store.fleet.TimeLeft;

/** The shape and the word for each state. Stateless. */
public final class Signs {

  private Signs() {}

  /** How a gateway's state is drawn; the class of its colour is called the same. */
  public static String of(FleetState state) {
    return switch (state) {
      case STOPPED, ACTION_NEEDED, SILENT -> "s-bad";
      case CATCHING_UP -> "s-run";
      case WAITING, NOT_COMPARED -> "s-wait";
      case NEW, UPLOADS -> "s-none";
      case ALL_SENT -> "s-good";
    };
  }

  /** How a gateway's day is drawn. */
  public static String of(CoverageState state) {
    return switch (state) {
      case VERIFIED -> "d-verified";
      case PRESENT -> "d-present";
      case WAITING -> "d-waiting";
      case APART -> "d-apart";
      case SHORT -> "d-lost";
      case NOTHING -> "d-nothing";
      case NOT_HEARD -> "d-unheard";
      case NOT_EXPECTED -> "d-none";
    };
  }

  /** How a house's day is drawn. */
  public static String of(DayState state) {
    return switch (state) {
      case VERIFIED -> "d-verified";
      case PRESENT -> "d-present";
      case WAITING -> "d-waiting";
      case APART -> "d-apart";
      case LOST -> "d-lost";
      case NOT_HEARD -> "d-unheard";
      case NOT_COUNTED -> "d-nothing";
      case NOT_EXPECTED -> "d-none";
    };
  }

  /** A gateway's day in words. */
  public static String words(CoverageDay day) {
    StringBuilder words = new StringBuilder(day.day().toString());
    words.append(": ").append(day.state().words());
    if (day.present() > 0) {
      words.append(", ").append(Frame.count(day.present(), "reading"));
    }
    if (day.waiting() > 0) {
      words.append(", ").append(Frame.count(day.waiting())).append(" waiting");
    }
    if (day.setAside() > 0) {
      words.append(", ").append(Frame.count(day.setAside())).append(" kept apart");
    }
    if (day.state() == CoverageState.SHORT) {
      words.append(" of some ").append(Frame.count(day.usual()));
    }
    return words.toString();
  }

  /** A range of time: {@code 14–25 min}, {@code 50 min – 2 h}. */
  public static String words(TimeLeft left) {
    String least = Frame.length(left.least());
    String most = Frame.length(left.most());
    String unit = least.substring(least.indexOf(' '));
    if (least.equals(most)) {
      return least;
    }
    return most.endsWith(unit)
        ? least.substring(0, least.length() - unit.length()) + "–" + most
        : least + " – " + most;
  }

  /** How far a clock is ahead: {@code +0.3 s}, {@code −4 min}. */
  public static String offset(Duration offset) {
    long millis = offset.toMillis();
    String sign = millis <= -50 ? "−" : millis < 50 ? "±" : "+"; // as far as a tenth is shown
    Duration size = offset.abs();
    return size.toSeconds() < 60
        ? "%s%.1f s".formatted(sign, Math.abs(millis) / 1_000.0)
        : sign + Frame.length(size);
  }
}
