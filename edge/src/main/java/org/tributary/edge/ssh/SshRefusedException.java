package org.tributary.edge.ssh;

/**
 * The way through SSH stays closed until somebody acts: a wrong key, a host that is not known or
 * not the one it was, forwarding that is not allowed. The message says what to do.
 */
public final class SshRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  SshRefusedException(String message) {
    super(message);
  }
}
