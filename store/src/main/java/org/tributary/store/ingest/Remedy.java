package org.tributary.store.ingest;

import static java.util.Objects.requireNonNull;

import org.tributary.wire.GatewayId;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/**
 * What helps rows that are set aside, in words for a person.
 *
 * @param byReplay whether trying them again may store them
 * @param words what to do
 */
public record Remedy(boolean byReplay, String words) {

  public Remedy {
    requireNonNull(words);
  }

  /** For rows of one gateway, or of all clients of the REST interface, set aside by one rule. */
  public static Remedy of(GatewayId gateway, String table, Rule rule) {
    return gateway.equals(Gateways.REST) ? ofUploaded(table, rule) : ofPushed(table, rule);
  }

  private static Remedy ofPushed(String table, Rule rule) {
    if (Tables.named(table).filter(Table::isSeries).isEmpty()) {
      return new Remedy(
          false,
          switch (rule) {
            case AMBIGUOUS, MEANING_DIFFERS, CLAIMED ->
                "mend it at the gateway, or say here what it is: tributary mapping list --open";
            case CLOCK_UNTRUSTED,
                PARENT_MISSING,
                KEY_MISSING,
                VALUE_NOT_HELD,
                UNREADABLE,
                DATABASE ->
                "its table travels whole with every push, and is tried each time";
          });
    }
    return switch (rule) {
      case UNREADABLE -> new Remedy(false, "mend it at the gateway, and drop this one if it stays");
      case CLOCK_UNTRUSTED -> clock();
      case PARENT_MISSING -> parent();
      case KEY_MISSING, VALUE_NOT_HELD, AMBIGUOUS, MEANING_DIFFERS, CLAIMED ->
          new Remedy(true, "mend it at the gateway, or what is in its way at central and replay");
      case DATABASE -> database();
    };
  }

  private static Remedy ofUploaded(String table, Rule rule) {
    return switch (rule) {
      case UNREADABLE, VALUE_NOT_HELD, KEY_MISSING ->
          new Remedy(false, "have it uploaded anew, mended, and drop this one if it stays");
      case CLOCK_UNTRUSTED -> clock();
      case PARENT_MISSING -> parent();
      case AMBIGUOUS, MEANING_DIFFERS, CLAIMED ->
          new Remedy(
              RestTables.named(table).filter(RestTable::hasId).isEmpty(),
              "mend what is in its way at central and replay, or have it uploaded anew, mended");
      case DATABASE -> database();
    };
  }

  private static Remedy clock() {
    return new Remedy(
        true, "say what its stamp is worth: replay with --trust-clock or --shift SECONDS");
  }

  private static Remedy parent() {
    return new Remedy(
        true, "it is stored by itself once what it refers to is there; replay looks now");
  }

  private static Remedy database() {
    return new Remedy(true, "replay it once the database would take it");
  }
}
