package org.tributary.edge;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** Straight into an original database, create_tables = no. */
class DirectWithoutTablesContractTest extends AccountingContract {

  @TempDir static Path folder;

  private final Set<String> created = new HashSet<>();

  @Override
  Central start(String databaseUrl) throws IOException {
    try {
      if (created.add(databaseUrl)) {
        DirectRemote.createOriginal(databaseUrl, DirectRemote.engineOf(databaseUrl));
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
    return new DirectRemote(
        databaseUrl, false, folder.resolve(Integer.toHexString(databaseUrl.hashCode())));
  }
}
