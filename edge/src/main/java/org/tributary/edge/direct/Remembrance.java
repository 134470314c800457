package org.tributary.edge.direct;

import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.edge.state.SetAsideFile;
import org.tributary.store.Counted;
import org.tributary.store.direct.RemoteDatabase;
import org.tributary.store.ingest.CarriedRows;
import org.tributary.store.ingest.Ingest;
import org.tributary.store.ingest.RefusedGatewayException;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.GatewayId;
import org.tributary.wire.SetAside;

/**
 * Remembers, in two files, the books that go with a connection, for the next one: what was matched,
 * and which rows are set aside. Where the books stay in the database nothing is remembered here.
 * Not thread-safe.
 */
final class Remembrance {

  private static final Logger log = LoggerFactory.getLogger(Remembrance.class);

  private final KeptFile file;
  private final SetAsideFile setAside;
  private final GatewayId gateway;
  private final Clock clock;
  private List<String> remembered = List.of();
  private boolean unsaved;
  private boolean filled;
  private boolean complained;

  /**
   * @param owner which database and which gateway this is
   */
  Remembrance(DirectFiles files, String owner, GatewayId gateway, Clock clock) {
    this.file = new KeptFile(files.kept(), owner);
    this.setAside = new SetAsideFile(files.setAside());
    this.gateway = gateway;
    this.clock = clock;
  }

  /** What a new connection is to begin with. */
  List<String> recalled() {
    remembered = file.read();
    unsaved = remembered.isEmpty();
    return remembered;
  }

  /**
   * Fills the books of a new connection with what was set aside.
   *
   * @return what says later what has come and gone
   */
  CarriedRows fill(RemoteDatabase remote) throws IOException {
    CarriedRows carried = new CarriedRows(remote.database(), gateway, SetAsideFile.MOST, clock);
    filled = carried.fill(recalledRows());
    return carried;
  }

  /** The same where books stay in the database: there is nothing to fill. */
  CarriedRows none(RemoteDatabase remote) {
    return new CarriedRows(remote.database(), gateway, SetAsideFile.MOST, clock);
  }

  /** Without the other file nobody knows which database they are of. */
  private Map<SetAside, String> recalledRows() throws IOException {
    setAside.load();
    Map<SetAside, String> rows = new LinkedHashMap<>();
    if (setAside.size() > 0 && !remembered.isEmpty()) {
      setAside.rows().forEach(row -> rows.put(row.why(), row.content()));
    }
    return rows;
  }

  /** What was matched is not what the file says any more. */
  void changed() {
    unsaved = true;
  }

  /** Keeps when we greeted last, and tries rows again that may be taken by now. */
  void greeted(DirectSession open) throws IOException, RefusedGatewayException {
    RemoteDatabase remote = open.remote();
    if (remote.keepsBooks()) {
      setAside.clear();
      return;
    }
    if (!unsaved) {
      remembered = remote.withContact(remembered);
      file.write(remembered);
    }
    boolean again = open.isToTryAgain(clock.instant());
    if (!filled) {
      setAside.clear(); // of another database, or of nobody knows which
      filled = true;
    } else if (again) {
      tryAgain(open.ingest(), open.fitted());
      note(open);
    }
  }

  private void tryAgain(Ingest ingest, Fitted fitted) throws IOException, RefusedGatewayException {
    for (Batch batch : CarriedRows.again(recalledRows(), DirectSession.LIMITS.maxRows())) {
      if (fitted.fit().refusal(batch.table()).isEmpty()) {
        Ack ack = ingest.accept(gateway, fitted.batch(batch));
        int taken = batch.size() - ack.setAside().size();
        if (taken > 0) {
          log.info("{} of {} set aside before, taken now", Counted.rows(taken), batch.table());
        }
      }
    }
  }

  /** Writes down what has been set aside, or is not any more, since this was called last. */
  void note(DirectSession open) throws IOException {
    if (open.keepsBooks()) {
      return;
    }
    CarriedRows.Changes changes = open.carried().changes();
    for (Map.Entry<String, List<String>> gone : changes.gone().entrySet()) {
      setAside.remove(gone.getKey(), gone.getValue());
    }
    long beyond =
        setAside.add(
            changes.come().entrySet().stream()
                .map(row -> new SetAsideFile.Row(row.getKey(), row.getValue()))
                .toList());
    if (!complained && (beyond > 0 || setAside.size() == SetAsideFile.MOST)) {
      complained = true;
      log.warn(
          "More than {} rows are set aside: those beyond are known for one connection only",
          SetAsideFile.MOST);
    }
  }

  /** Keeps what was matched, if it is not kept yet. */
  void save(RemoteDatabase remote) throws IOException {
    if (!remote.keepsBooks() && unsaved) {
      remembered = remote.keepsake();
      file.write(remembered);
      unsaved = false;
    }
  }
}
