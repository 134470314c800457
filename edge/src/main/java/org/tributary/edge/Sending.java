package org.tributary.edge;

import java.io.IOException;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;

/** Carries one batch; returns once all of it is accounted for. */
interface Sending {
  Ack send(Batch batch) throws IOException, RefusedException;
}
