package org.tributary.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tributary.edge.config.EdgeConfig;

/**
 * The few files of a gateway, all beside its configuration and all of them dispensable.
 *
 * @param folder of the configuration
 * @param name of the configuration, without its ending
 */
record EdgeFiles(Path folder, String name) {

  static EdgeFiles of(EdgeConfig config) {
    return of(config.file());
  }

  static EdgeFiles of(Path configuration) {
    Path file = configuration.toAbsolutePath();
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return new EdgeFiles(
        file.resolveSibling("push-state").normalize(), dot > 0 ? name.substring(0, dot) : name);
  }

  /** Makes the folder, if it is not there. */
  void prepare() throws IOException {
    Files.createDirectories(folder);
  }

  Path lock() {
    return folder.resolve(name + ".lock");
  }

  Path record(String remote) {
    return folder.resolve(name + "." + remote.replaceAll("[^A-Za-z0-9._-]", "_") + ".last");
  }
}
