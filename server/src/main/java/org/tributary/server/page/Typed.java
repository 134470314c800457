package org.tributary.server.page;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.tributary.server.http.Form;

/**
 * What somebody typed into a form that was refused, so that the page shows it again with the reason
 * beside the field. What is secret is forgotten at once. Immutable.
 *
 * @param action where the form was sent to; empty if none was refused
 * @param field whose value is to blame; empty if it is none in particular
 * @param why in a sentence
 */
public record Typed(String action, String field, String why, Form form) {

  private static final Set<String> SECRET = Set.of("password", "code");

  /** No form was refused. */
  public static final Typed NOTHING = new Typed("", "", "", new Form(Map.of()));

  public Typed {
    requireNonNull(action);
    requireNonNull(field);
    requireNonNull(why);
    Map<String, String> shown = new HashMap<>(form.fields());
    shown.keySet().removeAll(SECRET);
    form = new Form(shown);
  }

  /** Whether a form was refused. */
  public boolean isRefused() {
    return !action.isEmpty();
  }

  /** Whether that form was, of several with one address that with this name in it. */
  public boolean isOf(String itsAction, String name) {
    return action.equals(itsAction) && form.text("name").equals(name);
  }

  /** What was typed into a field of that form; empty in a form that was not refused. */
  public String text(String itsAction, String itsField) {
    return action.equals(itsAction) ? form.text(itsField) : "";
  }

  /** The same, or else what is chosen in the beginning. */
  public String textOr(String itsAction, String itsField, String beginning) {
    return action.equals(itsAction) ? form.text(itsField) : beginning;
  }

  /** Whether that field of that form is to blame. */
  public boolean isWrong(String itsAction, String itsField) {
    return action.equals(itsAction) && field.equals(itsField);
  }

  /** Whether what is wrong stands beside no field, so that the page has to begin with it. */
  public boolean isOfNoField() {
    return isRefused() && field.isEmpty();
  }
}
