package org.tributary.edge.doctor;

import java.time.Duration;

/** A duration as people say it, in its largest unit. */
public final class DurationWords {

  private DurationWords() {}

  public static String of(Duration duration) {
    long seconds = duration.abs().toSeconds();
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7_200) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " days";
  }
}
