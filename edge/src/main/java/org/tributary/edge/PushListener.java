package org.tributary.edge;

import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Table;
import org.tributary.wire.Welcome;

/** Hears what a push does while it does it. Called from the pushing thread. */
public interface PushListener {

  /** Central has answered the greeting. */
  default void welcomed(Welcome welcome) {}

  /** Central has stored a batch. */
  default void answered(Batch batch, Ack ack) {}

  /** Central refused a whole table's batch; the other tables go on. */
  default void refused(Table table, RefusedException refusal) {}
}
