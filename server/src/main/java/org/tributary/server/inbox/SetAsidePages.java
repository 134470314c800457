package org.tributary.server.inbox;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Form;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.server.page.Deed;
import org.tributary.server.page.Frame;
import org.tributary.server.page.Page;
import org.tributary.server.page.Parameters;
import org.tributary.server.page.Section;
import org.tributary.server.page.Templates;
import org.tributary.server.page.Typed;
import org.tributary.store.Database;
import org.tributary.store.ingest.SetAsideDesk;
import org.tributary.store.ingest.SetAsideFilter;
import org.tributary.store.ingest.Stamps;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Rule;
import org.tributary.wire.Tables;
import org.tributary.wire.rest.BadFieldException;

/** Rows that are kept apart, and what becomes of them. Thread-safe. */
public final class SetAsidePages {

  private static final String REPLAY = "/set-aside/replay";
  private static final int MOST_ROWS = 100;

  private final SetAsideDesk desk;
  private final Templates templates;

  private SetAsidePages(SetAsideDesk desk, Templates templates) {
    this.desk = desk;
    this.templates = templates;
  }

  /** The page, and what its forms do. */
  public static List<Endpoint> all(Database database, Templates templates, Clock clock) {
    SetAsidePages pages = new SetAsidePages(SetAsideDesk.within(database, clock), templates);
    return List.of(
        new Page(Section.SET_ASIDE.path(), Audience.READERS, pages::look, templates),
        new Deed(REPLAY, Audience.OPERATORS, pages::replay),
        new Deed("/set-aside/drop", Audience.OPERATORS, pages::drop));
  }

  private SetAsideView look(Request request) throws IOException {
    SetAsideFilter filter =
        filter(
            request.value("gateway").orElse(""),
            request.value("table").orElse(""),
            request.value("rule").orElse(""));
    return view(filter, Typed.NOTHING, Optional.empty());
  }

  private Response replay(Request request, Form form) throws IOException {
    Stamps stamps = new Stamps.Unknown();
    String by = form.text("by").strip();
    boolean isRight = form.text("stamps").equals("right");
    if (isRight ? !by.isEmpty() : !by.matches("|[+-]?[0-9]{1,6}[smhd]")) {
      String why =
          "Nothing was done: stamps are either right, or off by a time such as +2h or -30m";
      return templates.page(
          request, view(filter(form), new Typed(REPLAY, "by", why, form), Optional.empty()));
    }
    if (isRight) {
      stamps = new Stamps.Right();
    } else if (!by.isEmpty()) {
      Duration off = length(by);
      stamps = off.isZero() ? new Stamps.Right() : new Stamps.Off(off);
    }
    AtomicLong tried = new AtomicLong();
    AtomicLong stored = new AtomicLong();
    SetAsideFilter filter = filter(form);
    desk.replay(
        filter,
        stamps,
        request.caller().name(),
        page -> {
          tried.addAndGet(page.size());
          stored.addAndGet(page.stream().filter(each -> each.stays().isEmpty()).count());
        });
    return templates.page(
        request,
        view(
            filter,
            Typed.NOTHING,
            Optional.of(
                "%s tried again: %s stored, %s still set aside."
                    .formatted(
                        Frame.count(tried.get(), "row"),
                        Frame.count(stored.get()),
                        Frame.count(tried.get() - stored.get())))));
  }

  private Response drop(Request request, Form form) throws IOException {
    SetAsideFilter filter = filter(form);
    String newest = form.text("newest");
    long upTo = newest.matches("\\d{1,18}") ? Long.parseLong(newest) : 0;
    long dropped = desk.drop(filter, upTo, request.caller().name());
    return templates.page(
        request,
        view(
            filter,
            Typed.NOTHING,
            Optional.of(Frame.count(dropped, "row") + " dropped; they stay in the books.")));
  }

  private static Duration length(String text) {
    boolean isMinus = text.startsWith("-");
    String digits = text.replaceAll("[^0-9]", "");
    long number = Long.parseLong(digits);
    Duration length =
        switch (text.charAt(text.length() - 1)) {
          case 's' -> Duration.ofSeconds(number);
          case 'm' -> Duration.ofMinutes(number);
          case 'h' -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        };
    return isMinus ? length.negated() : length;
  }

  private static SetAsideFilter filter(Form form) throws BadFieldException {
    return filter(form.text("gateway"), form.text("table"), form.text("rule"));
  }

  private static SetAsideFilter filter(String gateway, String table, String rule)
      throws BadFieldException {
    return new SetAsideFilter(
        known("gateway", "the name of a gateway", gateway, GatewayId::isName).map(GatewayId::new),
        known("table", "one of central's tables", table, SetAsidePages::isTable),
        known("rule", "one of the rules of this page", rule, SetAsidePages::isRule)
            .map(Rule::valueOf),
        Optional.empty(),
        Optional.empty());
  }

  /** A filter's word; empty where nothing is filtered by it. */
  private static Optional<String> known(
      String name, String expected, String text, Predicate<String> is) throws BadFieldException {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!is.test(text)) {
      throw Parameters.wrong(name, expected, text);
    }
    return Optional.of(text);
  }

  private static boolean isTable(String text) {
    return Tables.ALL.stream().anyMatch(table -> table.name().equals(text));
  }

  private static boolean isRule(String text) {
    return Arrays.stream(Rule.values()).anyMatch(rule -> rule.name().equals(text));
  }

  private SetAsideView view(SetAsideFilter filter, Typed typed, Optional<String> told)
      throws IOException {
    long newest = desk.newest();
    return new SetAsideView(
        desk.counts(SetAsideFilter.ALL, newest),
        filter,
        desk.rows(filter, MOST_ROWS),
        newest,
        typed,
        told);
  }
}
