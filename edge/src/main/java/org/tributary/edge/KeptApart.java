package org.tributary.edge;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.edge.state.SetAsideFile;
import org.tributary.wire.SetAside;

/**
 * Rows that are kept apart at the gateway, because a remote can't keep them apart itself.
 *
 * @param remote its name
 * @param rows as the last push left them; the first of them, where there are very many
 */
public record KeptApart(String remote, List<SetAside> rows) {

  public KeptApart {
    requireNonNull(remote);
    rows = List.copyOf(rows);
  }

  /** Of each remote that is switched on, in their order. Asks none of them. */
  public static List<KeptApart> of(EdgeConfig config) throws IOException {
    List<KeptApart> all = new ArrayList<>();
    EdgeFiles files = EdgeFiles.of(config);
    for (RemoteConfig remote : config.remotes()) {
      SetAsideFile file = new SetAsideFile(files.setAside(remote.name()));
      all.add(new KeptApart(remote.name(), file.first(SetAsideFile.MOST)));
    }
    return all;
  }
}
