package org.tributary.edge;

import java.util.List;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Table;
import org.tributary.wire.Welcome;

/** Several listeners as one, told in order. */
record Listeners(List<PushListener> all) implements PushListener {

  @Override
  public void welcomed(Welcome welcome) {
    all.forEach(each -> each.welcomed(welcome));
  }

  @Override
  public void answered(Batch batch, Ack ack) {
    all.forEach(each -> each.answered(batch, ack));
  }

  @Override
  public void refused(Table table, RefusedException refusal) {
    all.forEach(each -> each.refused(table, refusal));
  }
}
