package org.tributary.edge;

import java.util.ArrayList;
import java.util.List;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.SetAside;
import org.tributary.wire.Table;
import org.tributary.wire.Welcome;

/** Writes down what it hears. */
final class RecordingListener implements PushListener {

  final List<Welcome> welcomes = new ArrayList<>();
  final List<Batch> answered = new ArrayList<>();
  final List<SetAside> setAside = new ArrayList<>();
  final List<String> refused = new ArrayList<>();
  private Runnable onAnswer = () -> {};

  /** Does something whenever central has answered. */
  void onAnswer(Runnable action) {
    onAnswer = action;
  }

  @Override
  public void welcomed(Welcome welcome) {
    welcomes.add(welcome);
  }

  @Override
  public void answered(Batch batch, Ack ack) {
    answered.add(batch);
    setAside.addAll(ack.setAside());
    onAnswer.run();
  }

  @Override
  public void refused(Table table, RefusedException refusal) {
    refused.add(table + ": " + refusal.getMessage());
  }
}
