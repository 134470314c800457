package org.tributary.edge;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tributary.edge.config.EdgeConfig;

/**
 * Keeps pushes with one configuration from running while somebody changes what they stand on. Ends
 * with {@link #close()}.
 */
public final class Standstill implements AutoCloseable {

  private final EdgeFiles files;
  private final InstanceLock lock;

  private Standstill(EdgeFiles files, InstanceLock lock) {
    this.files = files;
    this.lock = lock;
  }

  /**
   * Begins a standstill.
   *
   * @throws AlreadyRunningException if a push is at work
   */
  public static Standstill of(EdgeConfig config) throws IOException, AlreadyRunningException {
    EdgeFiles files = EdgeFiles.of(config);
    files.prepare();
    InstanceLock lock =
        InstanceLock.take(files.lock())
            .orElseThrow(() -> new AlreadyRunningException(config.file()));
    return new Standstill(files, lock);
  }

  /** Removes what pushes wrote down beside their configuration; the next one asks central anew. */
  public void forgetPushes() throws IOException {
    try (DirectoryStream<Path> ours = Files.newDirectoryStream(files.folder(), this::isOurs)) {
      for (Path file : ours) {
        Files.delete(file);
      }
    }
    boolean nobodyElses;
    try (DirectoryStream<Path> left = Files.newDirectoryStream(files.folder())) {
      nobodyElses = !left.iterator().hasNext();
    }
    if (nobodyElses) {
      Files.delete(files.folder());
    }
  }

  @Override
  public void close() {
    lock.close();
  }

  private boolean isOurs(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(files.name() + ".")
        && (name.endsWith(".last") || file.equals(files.lock()));
  }
}
