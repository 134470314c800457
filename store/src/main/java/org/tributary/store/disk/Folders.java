package org.tributary.store.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Sees to it that the names in a folder outlive a power cut. */
public final class Folders {

  /** What Linux says of folders that a file system can't write down. */
  private static final String NOT_HERE = "Invalid argument";

  private Folders() {}

  /** The folder that a file lies in. */
  public static Path of(Path file) {
    return file.toAbsolutePath().resolveSibling("");
  }

  /**
   * Makes a folder and those above it, unless they are there; their names are on the disk when this
   * returns.
   *
   * @throws IOException if they can't be made, or the disk fails
   */
  public static void create(Path folder) throws IOException {
    Path whole = folder.toAbsolutePath();
    Path above = whole.getParent();
    if (above == null) {
      return;
    }
    if (!Files.isDirectory(above)) {
      create(above);
    }
    Files.createDirectories(whole);
    settle(above); // also if it was there: whoever made it may have been broken off here
  }

  /**
   * Waits until the names in a folder are on the disk: that of a file that was made, moved or
   * removed is not, just because the file is.
   *
   * @throws IOException if the disk fails
   */
  public static void settle(Path folder) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (AccessDeniedException e) {
      return; // Windows opens no folders, and its file system sees to it by itself
    }
    try (channel) {
      channel.force(true);
    } catch (IOException e) {
      if (!NOT_HERE.equals(e.getMessage())) {
        throw e;
      }
    }
  }
}
