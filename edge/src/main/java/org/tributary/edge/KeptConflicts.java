package org.tributary.edge;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.edge.state.ConflictFile;
import org.tributary.store.ingest.Conflict;

/**
 * What a gateway and a remote had otherwise, on record at the gateway, because the remote keeps no
 * books of that.
 *
 * @param remote its name
 * @param conflicts oldest first, the very oldest dropped where there are very many
 */
public record KeptConflicts(String remote, List<Conflict> conflicts) {

  public KeptConflicts {
    requireNonNull(remote);
    conflicts = List.copyOf(conflicts);
  }

  /** Of each remote that is switched on, in their order. Asks none of them. */
  public static List<KeptConflicts> of(EdgeConfig config) throws IOException {
    List<KeptConflicts> all = new ArrayList<>();
    EdgeFiles files = EdgeFiles.of(config);
    GatewayIdentity identity = GatewayIdentity.of(config, "");
    for (RemoteConfig remote : config.remotes()) {
      ConflictFile file = new ConflictFile(files.conflicts(remote.name()), identity.id());
      all.add(new KeptConflicts(remote.name(), file.all()));
    }
    return all;
  }
}
