package org.tributary.edge;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.direct.DirectFiles;
import org.tributary.edge.rest.RestFiles;
import org.tributary.store.disk.Folders;

/**
 * The few files of a gateway, all beside its configuration, the file and no link to it, and all of
 * them dispensable.
 *
 * @param folder of the configuration
 * @param name of the configuration, without its ending
 */
record EdgeFiles(Path folder, String name) {

  static EdgeFiles of(EdgeConfig config) {
    return of(config.file());
  }

  static EdgeFiles of(Path configuration) {
    Path file = real(configuration);
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return new EdgeFiles(
        file.resolveSibling("push-state").normalize(), dot > 0 ? name.substring(0, dot) : name);
  }

  /** The file itself, whichever links lead to it: two ways to one file are one gateway. */
  private static Path real(Path configuration) {
    try {
      return configuration.toRealPath();
    } catch (IOException e) {
      return configuration.toAbsolutePath().normalize(); // it is not there, which its reader says
    }
  }

  /**
   * Makes the folder, if it is not there.
   *
   * @throws FileSystemException if it can't be made
   */
  void prepare() throws IOException {
    try {
      Folders.create(folder);
    } catch (IOException e) {
      FileSystemException failure =
          new FileSystemException(
              folder.toString(),
              null,
              "the folder can't be made (%s); push has to write beside its configuration"
                  .formatted(e));
      failure.initCause(e);
      throw failure;
    }
  }

  Path lock() {
    return folder.resolve(name + ".lock");
  }

  /** The record of a remote. */
  Path record(String remote) {
    return ofRemote(remote, "last");
  }

  /** What a remote has acknowledged that can't say so itself, and what else it can't keep. */
  RestFiles rest(String remote) {
    return new RestFiles(ofRemote(remote, "rest"), setAside(remote), conflicts(remote));
  }

  /** What a remote database without tables of ours is remembered by, and rows it can't take. */
  DirectFiles direct(String remote) {
    return new DirectFiles(ofRemote(remote, "direct"), setAside(remote));
  }

  /** Rows that a remote can't take and can't keep apart itself. */
  Path setAside(String remote) {
    return ofRemote(remote, "setaside");
  }

  /** What a remote that keeps no books of that had otherwise than this gateway. */
  Path conflicts(String remote) {
    return ofRemote(remote, "conflicts");
  }

  /** Names that differ only in odd characters have different files. */
  private Path ofRemote(String remote, String ending) {
    String plain = remote.replaceAll("[^A-Za-z0-9._-]", "_");
    String suffix = plain.equals(remote) ? "" : "-" + Integer.toHexString(remote.hashCode());
    return folder.resolve(name + "." + plain + suffix + "." + ending);
  }
}
