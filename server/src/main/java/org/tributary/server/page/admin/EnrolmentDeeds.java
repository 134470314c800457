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
import org.tributary.store.access.AccessDesk;
import org.tributary.store.access.Role;
import org.tributary.wire.GatewayId;

/** Lets gateways in, and out again. Thread-safe. */
record EnrolmentDeeds(AccessDesk desk, Templates templates, Clock clock) {

  private static final int LONGEST_HOURS = 168;

  EnrolmentView look(Request request) throws IOException {
    return view(Optional.empty(), Optional.empty());
  }

  Response add(Request request, Form form) throws IOException {
    GatewayId gateway;
    try {
      gateway = new GatewayId(form.text("name").strip());
    } catch (IllegalArgumentException e) {
      return templates.page(
          request, view(Optional.of(String.valueOf(e.getMessage())), Optional.empty()));
    }
    String hours = form.text("hours");
    if (!hours.matches("[1-9]\\d{0,2}")) {
      return templates.page(
          request,
          view(Optional.of("A line works for 1 to 168 hours, not " + hours), Optional.empty()));
    }
    int length = Integer.parseInt(hours);
    AccessDesk.Given given =
        desk.addGateway(
            gateway, Duration.ofHours(Math.min(length, LONGEST_HOURS)), request.caller().name());
    String line = "tributary enrol %s/ %s".formatted(request.origin(), given.code().reveal());
    EnrolmentView.Made made =
        new EnrolmentView.Made(gateway.value(), line, given.expires(), QrPicture.of(line));
    return templates.page(request, view(Optional.empty(), Optional.of(made)));
  }

  Response revoke(Request request, Form form) throws IOException {
    try {
      desk.revokeGateway(new GatewayId(form.text("name")), request.caller().name());
    } catch (IllegalArgumentException e) {
      return templates.page(
          request, view(Optional.of(String.valueOf(e.getMessage())), Optional.empty()));
    }
    return Response.seeOther(Section.ENROLMENT.path());
  }

  private EnrolmentView view(Optional<String> trouble, Optional<EnrolmentView.Made> made)
      throws IOException {
    return new EnrolmentView(
        desk.keys().stream().filter(key -> key.role() == Role.GATEWAY).toList(),
        desk.codes(),
        trouble,
        made,
        clock.instant());
  }
}
