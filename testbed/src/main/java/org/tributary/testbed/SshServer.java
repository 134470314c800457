package org.tributary.testbed;

/** An SSH host on a port of this machine that lets some keys sign in. */
public interface SshServer extends AutoCloseable {

  /** On 127.0.0.1. */
  int port();

  /** Who may sign in. */
  String user();

  /** Ends it at once, with all that are signed in. */
  @Override
  void close();
}
