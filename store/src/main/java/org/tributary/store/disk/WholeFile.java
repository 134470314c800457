package org.tributary.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes a file beside its place and moves it there: a power cut leaves the old or the new one. */
public final class WholeFile {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ALONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private WholeFile() {}

  /** Writes a text that is nobody else's; it is on the disk when this returns. */
  public static void writeSecret(Path file, String text) throws IOException {
    Path fresh = beside(file, "new");
    createSecret(fresh);
    put(fresh, file, text);
  }

  /**
   * Writes a text; it is on the disk when this returns. Who may read a file that was there before
   * may read the new one, and nobody else.
   */
  public static void write(Path file, String text) throws IOException {
    Path fresh = beside(file, "new");
    if (Files.exists(file)) {
      createLike(file, fresh);
    }
    put(fresh, file, text);
  }

  private static void put(Path fresh, Path file, String text) throws IOException {
    fill(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Folders.settle(Folders.of(file));
  }

  /**
   * Makes a file with a text that is nobody else's; it is on the disk when this returns. Of several
   * at once one makes it.
   *
   * @throws FileAlreadyExistsException if there is such a file
   */
  public static void makeSecret(Path file, String text) throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Path fresh = beside(file, ProcessHandle.current().pid() + ".part");
    try {
      createSecret(fresh);
      fill(fresh, text);
      name(fresh, file);
    } finally {
      Files.deleteIfExists(fresh);
    }
    Folders.settle(Folders.of(file));
  }

  private static Path beside(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + "." + ending);
  }

  private static void createLike(Path file, Path fresh) throws IOException {
    createSecret(fresh);
    PosixFileAttributeView before = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    PosixFileAttributeView now = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
    if (before == null || now == null) {
      return;
    }
    PosixFileAttributes wanted = before.readAttributes();
    if (!wanted.owner().equals(now.readAttributes().owner())) {
      now.setOwner(wanted.owner()); // the administrator changes a service's file
    }
    if (!wanted.group().equals(now.readAttributes().group())) {
      now.setGroup(wanted.group());
    }
    now.setPermissions(wanted.permissions());
  }

  private static void createSecret(Path fresh) throws IOException {
    Files.deleteIfExists(fresh);
    if (Files.getFileAttributeView(Folders.of(fresh), PosixFileAttributeView.class) == null) {
      Files.createFile(fresh); // no Unix: whoever may read the folder may read the file
    } else {
      Files.createFile(fresh, OWNER_ALONE);
    }
  }

  /** By one handle: what went wrong while it was written is told to the one that wrote. */
  private static void fill(Path fresh, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** A second name, unlike another one, is never given in place of a file. */
  private static void name(Path fresh, Path file) throws IOException {
    try {
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.move(fresh, file); // a file system without links
    }
  }
}
