package org.tributary.edge.rest;

import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.http.HttpLink;
import org.tributary.edge.state.ConflictFile;
import org.tributary.store.ingest.Conflict;
import org.tributary.store.ingest.ConflictDesk.Outcome;
import org.tributary.wire.Column;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.WireFormatException;
import org.tributary.wire.rest.RestTable;

/**
 * Where a person chooses again which version of a field counts, of a server that keeps no books of
 * that. What is chosen is written at the server, as if it had been edited there; a gateway that
 * takes its changes follows with the next push.
 *
 * <p>Not thread-safe, and not to be used while a push works with the same files.
 */
public final class RestConflicts {

  private final RestClient client;
  private final String address;
  private final RestRecordFile recordFile;
  private final ConflictFile file;
  private final Clock clock;

  /**
   * @param link to where the interface's paths begin
   * @param files where its files lie
   */
  public RestConflicts(HttpLink link, GatewayId gateway, RestFiles files, Clock clock) {
    this.client = new RestClient(link);
    this.address = link.base().toString();
    this.recordFile = new RestRecordFile(files.record());
    this.file = new ConflictFile(files.conflicts(), gateway);
    this.clock = clock;
  }

  /** All that is on record, oldest first. Asks nobody. */
  public List<Conflict> all() throws IOException {
    return file.all();
  }

  /**
   * Makes one side's version count.
   *
   * @param own the rows of the conflict's table that this gateway has
   * @param by who does it, for the books
   * @throws IOException if the server does not answer, or refuses; the same may be tried again
   */
  public Outcome resolve(Conflict conflict, Conflict.Side side, Rows own, String by)
      throws IOException {
    Outcome outcome = conflict.column().isEmpty() ? Outcome.NOTED : apply(conflict, side, own);
    if (outcome != Outcome.CHANGED_SINCE) {
      file.choose(conflict.id(), new Conflict.Choice(side, by, clock.instant()));
    }
    return outcome;
  }

  private Outcome apply(Conflict conflict, Conflict.Side side, Rows own) throws IOException {
    RestRecord record = recordFile.read();
    Table table = conflict.table();
    Optional<Match> match =
        record
            .match(table.name(), conflict.local().value())
            .filter(its -> its.central() == conflict.central().value());
    if (match.isEmpty()
        || record.contact().isEmpty()
        || !record.owner().startsWith(address + " of ")) {
      return Outcome.CHANGED_SINCE;
    }
    LocalCells cells = new LocalCells(table, record, record.contact().get().limits());
    RestTable shown = CentralTables.shown(table);
    Optional<CentralRow> there = client.find(shown, conflict.central().value());
    if (!isAsSent(cells, conflict, match.get(), own)
        || there.isEmpty()
        || !isStill(cells, conflict, match.get(), there.get())) {
      return Outcome.CHANGED_SINCE;
    }
    Column column = table.require(conflict.column());
    Object now = there.get().cell(column.name());
    Object wanted = conflict.versions().of(side);
    if (cells.same(column, now, wanted)) {
      return Outcome.STANDS;
    }
    if (!cells.same(column, now, conflict.versions().of(conflict.winner()))) {
      return Outcome.CHANGED_SINCE;
    }
    CentralRow stored = put(shown, there.get(), column, wanted);
    record
        .matches(table.name())
        .put(
            conflict.local().value(),
            new Match(stored.id(), match.get().here(), cells.keyJson(stored)));
    recordFile.write(record);
    return Outcome.CHANGED;
  }

  /** Whether the gateway has one of both versions, and has sent it: else its next push is first. */
  private static boolean isAsSent(LocalCells cells, Conflict conflict, Match match, Rows own)
      throws IOException {
    Column column = cells.table().require(conflict.column());
    Object agreed = cells.read(match.here()).get(column.name());
    if (!cells.same(column, agreed, conflict.versions().gateway())
        && !cells.same(column, agreed, conflict.versions().central())) {
      return false;
    }
    for (int row = 0; row < own.size(); row++) {
      if (Objects.equals(own.value(Table.ID, row), conflict.local().value())) {
        try {
          return cells.same(column, cells.of(own, row).get(column.name()), agreed);
        } catch (Doubt doubt) {
          return false;
        }
      }
    }
    return false;
  }

  /** Whether the server's row is known by the same as when it was matched, that field left out. */
  private static boolean isStill(LocalCells cells, Conflict conflict, Match match, CentralRow there)
      throws IOException {
    Map<String, @Nullable Object> before = cells.read(match.there());
    return cells.keyColumns().stream()
        .filter(column -> !column.name().equals(conflict.column()))
        .allMatch(
            column -> cells.same(column, before.get(column.name()), there.cell(column.name())));
  }

  private CentralRow put(RestTable shown, CentralRow there, Column column, @Nullable Object wanted)
      throws IOException {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put(RestTable.LABEL, shown.label());
    row.putAll(there.cells());
    row.put(column.name(), wanted);
    return client
        .replace(shown, there.id(), row)
        .orElseThrow(
            () ->
                new WireFormatException(
                    "central's server refuses to change %s of %s %d; its log may say why"
                        .formatted(column.name(), shown, there.id())));
  }
}
