package org.tributary.cli;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.tributary.store.access.Role;

/** Reads what somebody may do. */
final class RoleOption {

  private RoleOption() {}

  /**
   * The role of that word.
   *
   * @param possible which roles can be had
   */
  static Role parse(String text, Predicate<Role> possible) throws UsageException {
    return Role.named(text)
        .filter(possible)
        .orElseThrow(
            () ->
                new UsageException(
                    "--role: \"%s\" is none; expected %s"
                        .formatted(
                            text,
                            Arrays.stream(Role.values())
                                .filter(possible)
                                .map(Role::word)
                                .collect(Collectors.joining(", ")))));
  }
}
