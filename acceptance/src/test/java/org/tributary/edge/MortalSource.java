package org.tributary.edge;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.tributary.store.Page;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Unreadable;
import org.tributary.wire.Window;

/**
 * A gateway's database as its process sees it, which may die at each look or find it locked by the
 * logger.
 */
final class MortalSource implements Source {

  private final LocalDatabase local;
  private final Lifeline life;
  private final Random random;
  private int lockedPerThousand;

  MortalSource(LocalDatabase local, Lifeline life, Random random) {
    this.local = local;
    this.life = life;
    this.random = random;
  }

  void lock(int perThousand) {
    lockedPerThousand = perThousand;
  }

  private LocalDatabase look() throws LocalDatabaseException {
    life.step();
    if (random.nextInt(1_000) < lockedPerThousand) {
      throw new LocalDatabaseException("The logger keeps a transaction open");
    }
    return local;
  }

  @Override
  public Page readAfter(
      Table table, Optional<Position> cursor, Optional<Instant> until, int maxRows)
      throws LocalDatabaseException {
    return look().readAfter(table, cursor, until, maxRows);
  }

  @Override
  public Page readAstray(
      Table table, Optional<Position> live, Instant until, int offset, int maxRows)
      throws LocalDatabaseException {
    return look().readAstray(table, live, until, offset, maxRows);
  }

  @Override
  public Instant settledAt(Instant present) {
    return local.settledAt(present);
  }

  @Override
  public boolean holds(Table table, Position key) throws LocalDatabaseException {
    return look().holds(table, key);
  }

  @Override
  public long count(Table table) throws LocalDatabaseException {
    return look().count(table);
  }

  @Override
  public Optional<Instant> oldest(Table table, Instant from) throws LocalDatabaseException {
    return look().oldest(table, from);
  }

  @Override
  public Optional<Instant> newest(Table table, Instant until) throws LocalDatabaseException {
    return look().newest(table, until);
  }

  @Override
  public boolean hasMore(Table table, Optional<Position> cursor, Instant until, int rows)
      throws LocalDatabaseException {
    return look().hasMore(table, cursor, until, rows);
  }

  @Override
  public int columns(Table table) throws LocalDatabaseException {
    return look().columns(table);
  }

  @Override
  public Map<Window, Digest> digests(
      Table table,
      Window window,
      Grain grain,
      Optional<Position> upTo,
      Consumer<Unreadable> passedOver)
      throws LocalDatabaseException {
    return look().digests(table, window, grain, upTo, passedOver);
  }

  @Override
  public void readWindow(Table table, Window window, Optional<Position> upTo, Consumer<Rows> work)
      throws LocalDatabaseException {
    look().readWindow(table, window, upTo, work);
  }

  @Override
  public Page readAll(Table table) throws LocalDatabaseException {
    return look().readAll(table);
  }
}
