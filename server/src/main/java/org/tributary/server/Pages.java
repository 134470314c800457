package org.tributary.server;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.tributary.server.http.Endpoint;
import org.tributary.server.page.Assets;
import org.tributary.server.page.Templates;
import org.tributary.server.page.admin.AdminPages;
import org.tributary.store.Database;
import org.tributary.store.access.AccessDesk;

/** The web pages of central, for people. */
final class Pages {

  private Pages() {}

  /** All of them, and the files that they need. */
  static List<Endpoint> all(Database database, String version, Clock clock) {
    Assets assets = new Assets();
    Templates templates = new Templates(assets, version, clock);
    List<Endpoint> all = new ArrayList<>(assets.endpoints());
    all.addAll(AdminPages.all(AccessDesk.within(database, clock), templates, clock));
    return all;
  }
}
