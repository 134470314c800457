package org.tributary.edge.doctor;

import java.io.IOException;
import java.util.List;

/** Whether a push works with this configuration at the moment. */
public record RunningPushCheck(Lock lock) implements Check {

  /** What keeps a second push from running. */
  public interface Lock {
    boolean isHeld() throws IOException;
  }

  @Override
  public String name() {
    return "push";
  }

  @Override
  public List<Finding> look() {
    try {
      return List.of(Finding.ok(lock.isHeld() ? "is running now" : "is not running at the moment"));
    } catch (IOException e) {
      return List.of(Finding.warning("not known whether one is running: " + e, ""));
    }
  }
}
