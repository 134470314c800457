package org.tributary.cli;

import java.io.PrintWriter;
import org.tributary.edge.config.EdgeConfig;

/** Placeholder. */
final class StatusReport {
  enum Kind {
    STATUS,
    DRY_RUN
  }

  private StatusReport() {}

  static int print(EdgeConfig config, PrintWriter out, Kind kind) {
    return 0;
  }
}
