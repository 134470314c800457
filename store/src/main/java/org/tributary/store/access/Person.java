package org.tributary.store.access;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Somebody who signs in.
 *
 * @param name 1 to 64 letters, digits, {@code .}, {@code _}, {@code @} or {@code -}; lower and
 *     upper case are the same person
 * @param createdBy who let him in
 */
public record Person(long id, String name, Role role, Instant created, String createdBy) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

  public Person {
    requireNonNull(name);
    requireNonNull(role);
    requireNonNull(created);
    requireNonNull(createdBy);
  }

  /** Whether somebody can be called so. */
  /** Whether somebody can have that name. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}
