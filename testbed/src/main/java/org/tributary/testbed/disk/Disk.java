package org.tributary.testbed.disk;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory, as strict as the promises of a journalling file system allow. What is written,
 * cut off, made, renamed and removed is seen at once by everybody, and is on the disk only when the
 * file (its bytes) and its folder (its names) were forced. {@link #crash} leaves of the rest what
 * chance wants.
 *
 * <p>It can be told to fail at any operation, counted from one. An operation opens, reads, writes,
 * cuts off, forces, closes what was written to, renames, removes or makes a folder; looking whether
 * a file is there is none. A write that fails has written half of it. A force that fails has lost
 * what it was to write, and the next one doesn't know of it, as on Linux.
 *
 * <p>Not thread-safe.
 */
public final class Disk {

  private final DiskFolder root = new DiskFolder();
  private final DiskFileSystem fileSystem = new DiskFileSystem(new DiskProvider(this));
  private int operations;
  private int cutAt;
  private int failAt;
  private int failUntil;
  private String reason = "";
  private boolean failed;

  /** What is done to the disk. */
  enum Operation {
    OPEN,
    READ,
    WRITE,
    TRUNCATE,
    FORCE,
    CLOSE,
    MOVE,
    DELETE,
    MAKE_FOLDER;

    boolean wantsRoom() {
      return this == WRITE || this == MAKE_FOLDER;
    }
  }

  /** The topmost folder. */
  public Path root() {
    return fileSystem.getPath("/");
  }

  /** How many operations there were since it was told something. */
  public int operations() {
    return operations;
  }

  /** Whether an operation has failed since it was told so. */
  public boolean hasFailed() {
    return failed;
  }

  /** All goes well from now on. */
  public void heal() {
    tell(0, 0, 0, "");
  }

  /** The power is cut before that operation. */
  public void cutAt(int operation) {
    tell(operation, 0, 0, "");
  }

  /** That operation fails, and none after it. */
  public void failAt(int operation) {
    tell(0, operation, operation, "Input/output error");
  }

  /** That operation fails and all after it, until the disk is healed. */
  public void failFrom(int operation) {
    tell(0, operation, Integer.MAX_VALUE, "Input/output error");
  }

  /** From that operation on nothing more can be written, until the disk is healed. */
  public void fillAt(int operation) {
    tell(0, operation, Integer.MAX_VALUE, "No space left on device");
  }

  private void tell(int cut, int fail, int until, String why) {
    operations = 0;
    cutAt = cut;
    failAt = fail;
    failUntil = until;
    reason = why;
    failed = false;
  }

  /**
   * Cuts the power and switches on again: of what was not forced a part is left. Of the names of a
   * folder the first changes; of a file any pieces of what was written, and any length that it had.
   * Whatever is open must not be used any more.
   */
  public void crash(Random random) {
    root.crash(random);
    heal();
  }

  /** Counts an operation. */
  void meet(Operation operation, @Nullable String where) throws IOException {
    operations++;
    if (cutAt > 0 && operations >= cutAt) {
      throw new PowerCut();
    }
    boolean isFull = reason.startsWith("No space");
    if (failAt > 0
        && operations >= failAt
        && operations <= failUntil
        && (!isFull || operation.wantsRoom())) {
      failed = true;
      throw new FileSystemException(where, null, reason);
    }
  }

  DiskFolder top() {
    return root;
  }
}
