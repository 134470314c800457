package org.tributary.server.page.admin;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tributary.server.page.Section;
import org.tributary.server.page.Typed;
import org.tributary.server.page.View;
import org.tributary.store.access.Key;
import org.tributary.store.access.Person;
import org.tributary.store.access.Role;
import org.tributary.wire.Credential;

/**
 * Who signs in, and the tokens of programs.
 *
 * @param tokens all that there ever were
 * @param typed into a form that was refused
 * @param made a token that was made just now: it can't be shown again
 * @param now by central's clock
 */
public record PeopleView(
    List<Person> people, List<Key> tokens, Typed typed, Optional<Credential> made, Instant now)
    implements View {

  public PeopleView {
    people = List.copyOf(people);
    tokens = List.copyOf(tokens);
  }

  /** The roles that a person can have. */
  public List<Role> rolesOfPeople() {
    return Arrays.stream(Role.values()).filter(Role::isOfPeople).toList();
  }

  /** The roles that a token can have. */
  public List<Role> rolesOfTokens() {
    return Arrays.stream(Role.values()).filter(Role::isOfTokens).toList();
  }

  /** What somebody of a role may do. */
  public static String words(Role role) {
    return switch (role) {
      case GATEWAY -> "sends its own rows";
      case UPLOADER -> "sends rows through the REST interface";
      case VIEWER -> "reads everything";
      case OPERATOR -> "reads everything, changes rows, decides";
      case ADMIN -> "all that, and says who else may";
    };
  }

  @Override
  public int status() {
    return typed.isRefused() ? 400 : 200;
  }

  @Override
  public String title() {
    return "People and tokens";
  }

  @Override
  public Section section() {
    return Section.PEOPLE;
  }

  @Override
  public String template() {
    return "admin/people.jte";
  }
}
