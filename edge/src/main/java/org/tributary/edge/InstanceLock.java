package org.tributary.edge;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second push from running on the same configuration. The operating system lets go of it
 * when the process ends, however it ends.
 */
final class InstanceLock implements AutoCloseable {

  // POSIX: closing any handle on a locked file lets go of this process' lock on it. So a second
  // handle must not even be opened.
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  // The first byte decides who works. Whoever only looks touches the second one, so that looking
  // never keeps a push from starting.
  private static final long WORK = 0;
  private static final long SIGN = 1;

  private final Path file;
  private final FileChannel channel;

  private InstanceLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes the lock; empty if another process has it, or this one. */
  static Optional<InstanceLock> take(Path file) throws IOException {
    Path key = file.toAbsolutePath().normalize();
    if (!HELD_HERE.add(key)) {
      return Optional.empty();
    }
    Optional<InstanceLock> taken = Optional.empty();
    try {
      FileChannel channel =
          FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock(WORK, 1, false) == null) {
        channel.close();
      } else {
        channel.lock(SIGN, 1, false); // whoever looks has it for an instant only
        taken = Optional.of(new InstanceLock(key, channel));
      }
    } finally {
      if (taken.isEmpty()) {
        HELD_HERE.remove(key);
      }
    }
    return taken;
  }

  /** Whether somebody has it. Takes nothing that a push needs, and makes no file. */
  static boolean isHeld(Path file) throws IOException {
    if (HELD_HERE.contains(file.toAbsolutePath().normalize())) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        FileLock lock = channel.tryLock(SIGN, 1, true)) {
      return lock == null;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void close() {
    if (!channel.isOpen()) {
      return; // closed before; somebody else may have the lock by now
    }
    try {
      channel.close();
    } catch (IOException e) {
      // The lock goes with the process in any case.
    }
    HELD_HERE.remove(file);
  }
}
