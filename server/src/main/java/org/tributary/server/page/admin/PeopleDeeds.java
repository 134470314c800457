package org.tributary.server.page.admin;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.tributary.server.http.Form;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.server.page.Section;
import org.tributary.server.page.Templates;
import org.tributary.store.access.AccessDesk;
import org.tributary.store.access.Key;
import org.tributary.store.access.Role;
import org.tributary.wire.Credential;

/** Lets people and programs in, and out again. Thread-safe. */
record PeopleDeeds(AccessDesk desk, Templates templates, Clock clock) {

  private static final String NAME = "name";

  PeopleView look(Request request) throws IOException {
    return view(Optional.empty(), Optional.empty());
  }

  Response add(Request request, Form form) throws IOException {
    String name = form.text(NAME).strip();
    Optional<Role> role = role(form, Role::isOfPeople);
    if (role.isEmpty()) {
      return trouble(request, "There is no such role");
    }
    try {
      boolean isAdded = desk.isPersonAdded(name, form.text("password"), role.get(), by(request));
      return isAdded ? done() : trouble(request, "There is a person of the name " + name);
    } catch (IllegalArgumentException e) {
      return trouble(request, String.valueOf(e.getMessage()));
    }
  }

  Response role(Request request, Form form) throws IOException {
    Role role = role(form, Role::isOfPeople).orElse(Role.GATEWAY);
    String name = form.text(NAME);
    if (!role.isOfPeople()) {
      return trouble(request, "There is no such role");
    }
    if (role != Role.ADMIN && isLastAdmin(name)) {
      return trouble(request, name + " is the only admin: make another one first");
    }
    return desk.isRoleChanged(name, role, by(request)) ? done() : nobody(request, name);
  }

  Response password(Request request, Form form) throws IOException {
    String name = form.text(NAME);
    try {
      return desk.isPasswordChanged(name, form.text("password"), by(request))
          ? done()
          : nobody(request, name);
    } catch (IllegalArgumentException e) {
      return trouble(request, String.valueOf(e.getMessage()));
    }
  }

  Response remove(Request request, Form form) throws IOException {
    String name = form.text(NAME);
    if (isLastAdmin(name)) {
      return trouble(request, name + " is the only admin: make another one first");
    }
    return desk.isPersonRemoved(name, by(request)) ? done() : nobody(request, name);
  }

  Response addToken(Request request, Form form) throws IOException {
    String name = form.text(NAME).strip();
    if (!name.matches("[A-Za-z0-9._@-]{1,64}")) {
      return trouble(request, "A token's name has 1 to 64 letters, digits, '.', '_', '@' or '-'");
    }
    String days = form.text("days");
    Optional<Role> role = role(form, Role::isOfTokens);
    if (role.isEmpty() || !days.matches("|[1-9]\\d{0,3}")) {
      return trouble(request, "There is no such role, or no such number of days");
    }
    Optional<Duration> length =
        days.isEmpty() ? Optional.empty() : Optional.of(Duration.ofDays(Integer.parseInt(days)));
    Optional<Credential> made = desk.addToken(name, role.get(), length, by(request));
    return made.isPresent()
        ? templates.page(request, view(Optional.empty(), made))
        : trouble(request, "There is a token of the name " + name + ": take it back first");
  }

  Response revokeToken(Request request, Form form) throws IOException {
    String name = form.text(NAME);
    return desk.isTokenRevoked(name, by(request))
        ? done()
        : trouble(request, "No token of the name " + name + " is in force");
  }

  private boolean isLastAdmin(String name) throws IOException {
    List<String> admins =
        desk.people().stream()
            .filter(person -> person.role() == Role.ADMIN)
            .map(person -> person.name())
            .toList();
    return admins.size() == 1 && admins.get(0).equalsIgnoreCase(name);
  }

  private static Optional<Role> role(Form form, Predicate<Role> fits) {
    return Role.named(form.text("role")).filter(fits);
  }

  private static String by(Request request) {
    return request.caller().name();
  }

  private static Response done() {
    return Response.seeOther(Section.PEOPLE.path());
  }

  private Response nobody(Request request, String name) throws IOException {
    return trouble(request, "There is nobody of the name " + name);
  }

  private Response trouble(Request request, String words) throws IOException {
    return templates.page(request, view(Optional.of(words), Optional.empty()));
  }

  private PeopleView view(Optional<String> trouble, Optional<Credential> made) throws IOException {
    List<Key> tokens = desk.keys().stream().filter(key -> key.role() != Role.GATEWAY).toList();
    return new PeopleView(desk.people(), tokens, trouble, made, clock.instant());
  }
}
