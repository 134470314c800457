package org.tributary.edge;

import java.nio.file.Path;

/** Another process pushes with the same configuration. */
public final class AlreadyRunningException extends Exception {
  private static final long serialVersionUID = 1L;

  AlreadyRunningException(Path config) {
    super("Another push is already running with " + config + "; stop it first, or let it work");
  }
}
