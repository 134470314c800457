package org.tributary.store.upgrade;

/** Whose copy of the chain of revisions the programs that use a database have. */
public enum Chain {
  /** The gateway's, and the longer one. */
  GATEWAY(Revision.JOINED),
  /** The web interface's, which knows nothing of NodeBoot. */
  SERVER(Revision.STATE_KEY);

  private final Revision head;

  Chain(Revision head) {
    this.head = head;
  }

  /** Its latest revision. */
  public Revision head() {
    return head;
  }
}
