package org.tributary.testbed.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * Holds a {@link Keeper} to its promise on a {@link Disk}: what it has returned for is there, and
 * what was being written when the power was cut or the disk failed is there as a whole or not at
 * all.
 *
 * @param <T> what is kept; equal if it is the same
 */
public abstract class DiskTrial<T> {

  private static final int LIVES = 4;
  private static final int MOST_WRITES = 3;
  private static final int MOST_SITES = 1_000;

  private final T nothing;

  /** A trial that begins with an empty folder, which is read as this value. */
  protected DiskTrial(T nothing) {
    this.nothing = nothing;
  }

  /** Another value, to be kept after that one. */
  protected abstract T next(T before, Random random);

  /** Starts the program on a folder that is there. */
  protected abstract Keeper<T> start(Path folder) throws IOException;

  /**
   * Whether that may be found when it was broken off while it put one value in place of another.
   */
  protected boolean mayBe(T found, T before, T value) {
    return found.equals(before) || found.equals(value);
  }

  /** Cuts the power so often, a few times each on one disk, always at another operation. */
  public final void cutPower(long firstSeed, int cuts) throws IOException {
    for (long seed = firstSeed; seed < firstSeed + cuts / LIVES; seed++) {
      Random random = new Random(seed);
      Disk disk = new Disk();
      Path folder = folderOn(disk);
      T kept = nothing;
      for (int life = 0; life < LIVES; life++) {
        kept = live(disk, folder, kept, random, seed);
      }
    }
  }

  /** From a start to a power cut; what is found after it. */
  private T live(Disk disk, Path folder, T before, Random random, long seed) throws IOException {
    T kept = before;
    T value = before;
    int operation = 1 + random.nextInt(40);
    disk.cutAt(operation);
    try {
      Keeper<T> keeper = start(folder);
      for (int i = 0; i < MOST_WRITES; i++) {
        value = next(kept, random);
        keeper.write(kept, value);
        kept = value;
      }
    } catch (PowerCut e) {
      // Whatever was being written may be there or not.
    }
    disk.crash(random);
    T found = start(folder).read();
    String where = "seed %d, the power cut before operation %d".formatted(seed, operation);
    require(found, kept, value, where);
    return found;
  }

  /**
   * Lets each operation of a write fail in turn: once, from then on, and for want of room.
   *
   * @return how many failures there were
   */
  public final int failEverywhere(long seed) throws IOException {
    return failEverywhere(seed, "fails", Disk::failAt, true)
        + failEverywhere(seed, "finds no room", Disk::fillAt, true)
        // What a force has lost can still be read; who was not there can't know.
        + failEverywhere(seed, "and all after it fail", Disk::failFrom, false);
  }

  private int failEverywhere(
      long seed, String how, BiConsumer<Disk, Integer> harm, boolean restarts) throws IOException {
    int failures = 0;
    for (int operation = 1; operation < MOST_SITES; operation++) {
      Random random = new Random(seed * MOST_SITES + operation);
      Disk disk = new Disk();
      Path folder = folderOn(disk);
      Keeper<T> keeper = start(folder);
      T before = next(nothing, random);
      keeper.write(nothing, before);
      T value = next(before, random);
      harm.accept(disk, operation);
      boolean isWritten = isWritten(keeper, before, value);
      if (isWritten && !disk.hasFailed() && disk.operations() < operation) {
        return failures;
      }
      failures += disk.hasFailed() ? 1 : 0;
      disk.heal();
      String where = "seed %d, operation %d %s".formatted(seed, operation, how);
      if (!isWritten && random.nextBoolean()) {
        // Not at once out of power: tried again, by the same program or another.
        require(keeper.read(), before, value, where);
        Keeper<T> again = restarts && random.nextBoolean() ? start(folder) : keeper;
        again.write(before, value);
        isWritten = true;
      }
      disk.crash(random);
      require(start(folder).read(), isWritten ? value : before, value, where);
    }
    throw new AssertionError("A write without an end");
  }

  private static <T> boolean isWritten(Keeper<T> keeper, T before, T value) {
    try {
      keeper.write(before, value);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void require(T found, T kept, T value, String where) {
    boolean isRight = kept.equals(value) ? found.equals(kept) : mayBe(found, kept, value);
    if (!isRight) {
      throw new AssertionError(
          "%s: kept was%n%s%nwritten was%n%s%nand there is%n%s"
              .formatted(where, kept, value, found));
    }
  }

  private static Path folderOn(Disk disk) throws IOException {
    Path folder = Files.createDirectory(disk.root().resolve("folder"));
    try (FileChannel root = FileChannel.open(disk.root(), StandardOpenOption.READ)) {
      root.force(true);
    }
    return folder;
  }
}
