package org.tributary.server;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.server.http.Endpoint;
import org.tributary.server.inbox.InboxPages;
import org.tributary.server.inbox.SetAsidePages;
import org.tributary.server.page.Templates;
import org.tributary.server.page.admin.AdminPages;
import org.tributary.server.page.coverage.CoveragePages;
import org.tributary.server.page.export.CertificateFiles;
import org.tributary.server.page.export.ExportPages;
import org.tributary.server.page.fleet.FleetPages;
import org.tributary.server.page.fleet.FleetView;
import org.tributary.server.page.house.HousePages;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.StoreException;
import org.tributary.store.access.AccessDesk;
import org.tributary.store.certificate.SigningKey;
import org.tributary.store.fleet.Attention;
import org.tributary.store.fleet.Fleet;

/** The web pages of central, for people. */
final class Pages {

  private static final Logger log = LoggerFactory.getLogger(Pages.class);

  /** How often a page is drawn until Java has translated most of it. */
  private static final int REHEARSALS = 3;

  private final Database database;
  private final Fleet fleet;
  private final Templates templates;
  private final String version;
  private final Clock clock;

  /**
   * @param fleet one for all: it tells how fast rows come from one look to the next
   */
  Pages(Database database, Fleet fleet, Templates templates, String version, Clock clock) {
    this.database = database;
    this.fleet = fleet;
    this.templates = templates;
    this.version = version;
    this.clock = clock;
  }

  /** Draws the first page for nobody, some times. */
  void rehearse() {
    try {
      for (int i = 0; i < REHEARSALS; i++) {
        templates.rehearse(new FleetView(new Fleet(database, clock).gateways()));
      }
    } catch (StoreException e) {
      log.debug("The fleet could not be drawn ahead: {}", e.getMessage());
    }
  }

  /**
   * All of them.
   *
   * @param url of the database, beside which certificates have their key
   */
  List<Endpoint> all(DatabaseUrl url) {
    List<Endpoint> all = new ArrayList<>();
    all.addAll(FleetPages.all(database, fleet, templates, version, clock));
    all.addAll(CoveragePages.all(database, fleet, templates, clock));
    all.addAll(InboxPages.all(database, templates, clock));
    all.addAll(SetAsidePages.all(database, templates, clock));
    AccessDesk desk = AccessDesk.within(database, clock);
    CertificateFiles certificates = new CertificateFiles(SigningKey.usualFile(url), clock);
    all.addAll(ExportPages.all(database, certificates, desk, templates, version, clock));
    all.addAll(AdminPages.all(desk, templates, clock));
    Attention attention = new Attention(database, fleet, clock, version);
    all.addAll(HousePages.all(database, attention, templates, clock));
    return all;
  }
}
