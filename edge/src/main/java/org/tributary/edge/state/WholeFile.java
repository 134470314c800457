package org.tributary.edge.state;

import java.io.IOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes a file beside its place and moves it there: a power cut leaves the old or the new one. */
public final class WholeFile {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ALONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private WholeFile() {}

  private static Path folder(Path file) {
    return file.toAbsolutePath().resolveSibling("");
  }

  private static Path fresh(Path file) {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  /** Writes a text that is nobody else's; it is on the disk when this returns. */
  public static void writeSecret(Path file, String text) throws IOException {
    Path fresh = fresh(file);
    Files.deleteIfExists(fresh);
    if (Files.getFileAttributeView(folder(file), PosixFileAttributeView.class) == null) {
      Files.createFile(fresh); // no Unix: whoever may read the folder may read the file
    } else {
      Files.createFile(fresh, OWNER_ALONE);
    }
    write(file, text);
  }

  /** Writes a text; it is on the disk when this returns. */
  public static void write(Path file, String text) throws IOException {
    Path fresh = fresh(file);
    try (Writer writer = Files.newBufferedWriter(fresh)) {
      writer.write(text);
    }
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    settle(folder(file));
  }

  /** A name that was moved is on the disk once its folder is; some systems can't say so. */
  private static void settle(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders, and its file system sees to it by itself.
    }
  }
}
