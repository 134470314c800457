package org.tributary.server.page.admin;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.page.Deed;
import org.tributary.server.page.Page;
import org.tributary.server.page.Parameters;
import org.tributary.server.page.Section;
import org.tributary.server.page.Templates;
import org.tributary.store.access.AccessDesk;

/** The pages about who may ask central. Thread-safe. */
public final class AdminPages {

  private static final int FIRST_ENTRIES = 250;

  private final AccessDesk desk;

  private AdminPages(AccessDesk desk) {
    this.desk = desk;
  }

  /**
   * All of them, and what their forms do.
   *
   * @param desk within central
   */
  public static List<Endpoint> all(AccessDesk desk, Templates templates, Clock clock) {
    AdminPages pages = new AdminPages(desk);
    PeopleDeeds people = new PeopleDeeds(desk, templates, clock);
    EnrolmentDeeds enrolment = new EnrolmentDeeds(desk, templates, clock);
    Audience admins = Audience.ADMINS;
    return List.of(
        new Page(Section.AUDIT.path(), admins, pages::audit, templates),
        new Page(Section.PEOPLE.path(), admins, people::look, templates),
        new Deed(PeopleDeeds.ADD, admins, people::add),
        new Deed(PeopleDeeds.ROLE, admins, people::role),
        new Deed(PeopleDeeds.PASSWORD, admins, people::password),
        new Deed("/people/remove", admins, people::remove),
        new Deed(PeopleDeeds.ADD_TOKEN, admins, people::addToken),
        new Deed("/tokens/revoke", admins, people::revokeToken),
        new Page(Section.ENROLMENT.path(), admins, enrolment::look, templates),
        new Deed(EnrolmentDeeds.ADD, admins, enrolment::add),
        new Deed("/enrolment/revoke", admins, enrolment::revoke));
  }

  private AuditView audit(Request request) throws IOException {
    int most = Parameters.number(request, "last", 1, AuditView.MOST).orElse(FIRST_ENTRIES);
    boolean isVerified = request.value("verify").isPresent();
    return new AuditView(
        desk.audit(most), most, isVerified, isVerified ? desk.auditFlaw() : Optional.empty());
  }
}
