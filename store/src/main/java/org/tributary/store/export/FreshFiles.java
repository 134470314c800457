package org.tributary.store.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.tributary.store.disk.Folders;

/**
 * Files that appear under their names all at once and only when each is whole and on the disk: an
 * end half way leaves nothing but what was there before. Not thread-safe.
 */
public final class FreshFiles implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final boolean replace;
  private final List<Unfinished> unfinished = new ArrayList<>();

  private record Unfinished(Path file, Path part) {}

  /**
   * @param replace whether files of that name may be there, and are replaced
   */
  public FreshFiles(boolean replace) {
    this.replace = replace;
  }

  /**
   * Looks early whether these names can be given.
   *
   * @throws FileAlreadyExistsException if there is such a file, and it must not be replaced
   */
  public void refuseTaken(Path... files) throws FileAlreadyExistsException {
    for (Path file : files) {
      if (!replace && Files.exists(file)) {
        throw taken(file);
      }
    }
  }

  /**
   * Begins a file, under another name.
   *
   * @throws FileAlreadyExistsException if there is one of that name, and it must not be replaced
   */
  public OutputStream begin(Path file) throws IOException {
    refuseTaken(file);
    Path part =
        file.resolveSibling(
            "%s.%d.part".formatted(file.getFileName(), ProcessHandle.current().pid()));
    unfinished.add(new Unfinished(file, part));
    if (part.getFileSystem().equals(FileSystems.getDefault())) {
      part.toFile().deleteOnExit(); // for Ctrl-C, behind which nothing of ours is run
    }
    try {
      return new BufferedOutputStream(Files.newOutputStream(part), BUFFER);
    } catch (FileSystemException e) {
      throw new FileSystemException(
          file.toString(), null, "its folder is not there or can't be written; name another file");
    }
  }

  /** Writes a whole file, under another name. */
  public void write(Path file, byte[] content) throws IOException {
    try (OutputStream out = begin(file)) {
      out.write(content);
    }
  }

  /**
   * Gives the files, all of whose streams are closed, their names, the last first: it is there to
   * explain the first. They are on the disk when this returns.
   */
  public void finish() throws IOException {
    for (Unfinished each : unfinished) {
      try (FileChannel channel = FileChannel.open(each.part(), StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
    while (!unfinished.isEmpty()) {
      Unfinished last = unfinished.get(unfinished.size() - 1);
      move(last.part(), last.file());
      unfinished.remove(last);
      Folders.settle(Folders.of(last.file()));
    }
  }

  private void move(Path part, Path file) throws IOException {
    if (replace) {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    try {
      Files.move(part, file);
    } catch (FileAlreadyExistsException e) {
      throw taken(file);
    }
  }

  private static FileAlreadyExistsException taken(Path file) {
    return new FileAlreadyExistsException(
        file.toString(), null, "is there already; --force replaces it, or name another file");
  }

  /** Removes what was not finished. */
  @Override
  public void close() throws IOException {
    for (Unfinished each : unfinished) {
      Files.deleteIfExists(each.part());
    }
    unfinished.clear();
  }
}
