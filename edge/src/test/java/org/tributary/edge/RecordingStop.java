package org.tributary.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Never waits: notes how long it should have, and stops after so many pauses. */
final class RecordingStop extends StopSignal {

  final List<Duration> pauses = new ArrayList<>();
  private final int stopAfter;
  private final SettableClock clock;
  private Runnable onPause = () -> {};

  RecordingStop(int stopAfter, SettableClock clock) {
    this.stopAfter = stopAfter;
    this.clock = clock;
  }

  /** Does something during each pause. */
  void onPause(Runnable action) {
    onPause = action;
  }

  @Override
  void pause(Duration duration) {
    pauses.add(duration);
    clock.advance(duration);
    onPause.run();
    if (pauses.size() == stopAfter) {
      give();
    }
  }
}
