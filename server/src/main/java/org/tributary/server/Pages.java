package org.tributary.server;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.tributary.server.http.Endpoint;
import org.tributary.server.inbox.InboxPages;
import org.tributary.server.inbox.SetAsidePages;
import org.tributary.server.page.Templates;
import org.tributary.server.page.admin.AdminPages;
import org.tributary.server.page.coverage.CoveragePages;
import org.tributary.server.page.export.CertificateFiles;
import org.tributary.server.page.export.ExportPages;
import org.tributary.server.page.fleet.FleetPages;
import org.tributary.server.page.house.HousePages;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.access.AccessDesk;
import org.tributary.store.certificate.SigningKey;
import org.tributary.store.fleet.Fleet;

/** The web pages of central, for people. */
final class Pages {

  private Pages() {}

  /**
   * All of them.
   *
   * @param fleet one for all: it tells how fast rows come from one look to the next
   */
  static List<Endpoint> all(
      Database database,
      Fleet fleet,
      DatabaseUrl url,
      Templates templates,
      String version,
      Clock clock) {
    List<Endpoint> all = new ArrayList<>();
    all.addAll(FleetPages.all(database, fleet, templates, version, clock));
    all.addAll(CoveragePages.all(database, fleet, templates, clock));
    all.addAll(InboxPages.all(database, templates, clock));
    all.addAll(SetAsidePages.all(database, templates, clock));
    AccessDesk desk = AccessDesk.within(database, clock);
    CertificateFiles certificates = new CertificateFiles(SigningKey.usualFile(url), clock);
    all.addAll(ExportPages.all(database, certificates, desk, templates, version, clock));
    all.addAll(AdminPages.all(desk, templates, clock));
    all.addAll(HousePages.all(database, templates, clock));
    return all;
  }
}
