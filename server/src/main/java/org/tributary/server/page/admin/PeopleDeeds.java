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
import org.tributary.server.page.Typed;
import org.tributary.store.access.AccessDesk;
import org.tributary.store.access.Key;
import org.tributary.store.access.Person;
import org.tributary.store.access.Role;
import org.tributary.wire.Credential;

/** Lets people and programs in, and out again. Thread-safe. */
record PeopleDeeds(AccessDesk desk, Templates templates, Clock clock) {

  static final String ADD = "/people/add";
  static final String ROLE = "/people/role";
  static final String PASSWORD = "/people/password";
  static final String ADD_TOKEN = "/tokens/add";

  private static final String NAME = "name";
  private static final String NO_ROLE = "There is no such role";

  PeopleView look(Request request) throws IOException {
    return view(Typed.NOTHING, Optional.empty());
  }

  Response add(Request request, Form form) throws IOException {
    String name = form.text(NAME).strip();
    Optional<Role> role = role(form, Role::isOfPeople);
    if (role.isEmpty()) {
      return refused(request, new Typed(ADD, "role", NO_ROLE, form));
    }
    try {
      boolean isAdded = desk.isPersonAdded(name, form.text("password"), role.get(), by(request));
      String why = "There is a person of the name " + name;
      return isAdded ? done() : refused(request, new Typed(ADD, NAME, why, form));
    } catch (IllegalArgumentException e) {
      String field = Person.isName(name) ? "password" : NAME;
      return refused(request, new Typed(ADD, field, String.valueOf(e.getMessage()), form));
    }
  }

  Response role(Request request, Form form) throws IOException {
    Role role = role(form, Role::isOfPeople).orElse(Role.GATEWAY);
    String name = form.text(NAME);
    if (!role.isOfPeople()) {
      return refused(request, new Typed(ROLE, "role", NO_ROLE, form));
    }
    if (role != Role.ADMIN && isLastAdmin(name)) {
      return refused(request, new Typed(ROLE, "role", onlyAdmin(name), form));
    }
    return desk.isRoleChanged(name, role, by(request)) ? done() : nobody(request, form);
  }

  Response password(Request request, Form form) throws IOException {
    String name = form.text(NAME);
    try {
      return desk.isPasswordChanged(name, form.text("password"), by(request))
          ? done()
          : nobody(request, form);
    } catch (IllegalArgumentException e) {
      String why = String.valueOf(e.getMessage());
      return refused(request, new Typed(PASSWORD, "password", why, form));
    }
  }

  Response remove(Request request, Form form) throws IOException {
    String name = form.text(NAME);
    if (isLastAdmin(name)) {
      return refused(request, new Typed("/people/remove", "", onlyAdmin(name), form));
    }
    return desk.isPersonRemoved(name, by(request)) ? done() : nobody(request, form);
  }

  Response addToken(Request request, Form form) throws IOException {
    String name = form.text(NAME).strip();
    if (!name.matches("[A-Za-z0-9._@-]{1,64}")) {
      String why = "A token's name has 1 to 64 letters, digits, '.', '_', '@' or '-'";
      return refused(request, new Typed(ADD_TOKEN, NAME, why, form));
    }
    String days = form.text("days");
    Optional<Role> role = role(form, Role::isOfTokens);
    if (role.isEmpty()) {
      return refused(request, new Typed(ADD_TOKEN, "role", NO_ROLE, form));
    }
    if (!days.matches("|[1-9]\\d{0,3}")) {
      String why = "A token holds for 1 to 9,999 days, or for ever";
      return refused(request, new Typed(ADD_TOKEN, "days", why, form));
    }
    Optional<Duration> length =
        days.isEmpty() ? Optional.empty() : Optional.of(Duration.ofDays(Integer.parseInt(days)));
    Optional<Credential> made = desk.addToken(name, role.get(), length, by(request));
    String why = "There is a token of the name " + name + ": take it back first";
    return made.isPresent()
        ? templates.page(request, view(Typed.NOTHING, made))
        : refused(request, new Typed(ADD_TOKEN, NAME, why, form));
  }

  Response revokeToken(Request request, Form form) throws IOException {
    String name = form.text(NAME);
    return desk.isTokenRevoked(name, by(request))
        ? done()
        : refused(
            request,
            new Typed("/tokens/revoke", "", "No token of the name " + name + " is in force", form));
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

  private static String onlyAdmin(String name) {
    return name + " is the only admin: make another one first";
  }

  private Response nobody(Request request, Form form) throws IOException {
    String why = "There is nobody of the name " + form.text(NAME);
    return refused(request, new Typed(request.path(), "", why, form));
  }

  private Response refused(Request request, Typed typed) throws IOException {
    return templates.page(request, view(typed, Optional.empty()));
  }

  private PeopleView view(Typed typed, Optional<Credential> made) throws IOException {
    List<Key> tokens = desk.keys().stream().filter(key -> key.role() != Role.GATEWAY).toList();
    return new PeopleView(desk.people(), tokens, typed, made, clock.instant());
  }
}
