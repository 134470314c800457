package org.tributary.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;

/** The remotes that a command is to deal with. */
final class Remote {

  private Remote() {}

  /** The one of that name; all that are switched on where no name is given. */
  static List<RemoteConfig> chosen(EdgeConfig config, @Nullable String name) throws UsageException {
    if (name == null) {
      return config.remotes();
    }
    List<RemoteConfig> found =
        config.remotes().stream().filter(each -> each.name().equalsIgnoreCase(name)).toList();
    if (found.isEmpty()) {
      throw new UsageException(
          "There is no remote %s switched on in %s".formatted(name, config.file()));
    }
    return found;
  }
}
