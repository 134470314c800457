package org.tributary.server.page.admin;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.tributary.server.http.Form;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.server.page.QrPicture;
import org.tributary.server.page.Section;
import org.tributary.server.page.Templates;
import org.tributary.server.page.Typed;
import org.tributary.store.access.AccessDesk;
import org.tributary.store.access.Role;
import org.tributary.wire.GatewayId;

/** Lets gateways in, and out again. Thread-safe. */
record EnrolmentDeeds(AccessDesk desk, Templates templates, Clock clock) {

  static final String ADD = "/enrolment/add";

  private static final int LONGEST_HOURS = 168;

  EnrolmentView look(Request request) throws IOException {
    return view(Typed.NOTHING, Optional.empty());
  }

  Response add(Request request, Form form) throws IOException {
    GatewayId gateway;
    try {
      gateway = new GatewayId(form.text("name").strip());
    } catch (IllegalArgumentException e) {
      return refused(request, ADD, "name", e, form);
    }
    String hours = form.text("hours");
    int length = hours.matches("\\d{1,3}") ? Integer.parseInt(hours) : 0;
    if (length < 1 || length > LONGEST_HOURS) {
      String why = "A line works for 1 to %d hours".formatted(LONGEST_HOURS);
      return refused(request, ADD, "hours", new IllegalArgumentException(why), form);
    }
    AccessDesk.Given given =
        desk.addGateway(gateway, Duration.ofHours(length), request.caller().name());
    String line = "tributary enrol %s/ %s".formatted(request.origin(), given.code().reveal());
    EnrolmentView.Made made =
        new EnrolmentView.Made(gateway.value(), line, given.expires(), QrPicture.of(line));
    return templates.page(request, view(Typed.NOTHING, Optional.of(made)));
  }

  Response revoke(Request request, Form form) throws IOException {
    try {
      desk.revokeGateway(new GatewayId(form.text("name")), request.caller().name());
    } catch (IllegalArgumentException e) {
      return refused(request, "/enrolment/revoke", "", e, form);
    }
    return Response.seeOther(Section.ENROLMENT.path());
  }

  private Response refused(
      Request request, String action, String field, IllegalArgumentException why, Form form)
      throws IOException {
    Typed typed = new Typed(action, field, String.valueOf(why.getMessage()), form);
    return templates.page(request, view(typed, Optional.empty()));
  }

  private EnrolmentView view(Typed typed, Optional<EnrolmentView.Made> made) throws IOException {
    return new EnrolmentView(
        desk.keys().stream().filter(key -> key.role() == Role.GATEWAY).toList(),
        desk.codes(),
        typed,
        made,
        clock.instant());
  }
}
