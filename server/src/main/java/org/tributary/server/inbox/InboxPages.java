package org.tributary.server.inbox;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Form;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.server.page.Deed;
import org.tributary.server.page.Page;
import org.tributary.server.page.Section;
import org.tributary.server.page.Templates;
import org.tributary.store.Database;
import org.tributary.store.ingest.Choice;
import org.tributary.store.ingest.Conflict;
import org.tributary.store.ingest.ConflictDesk;
import org.tributary.store.ingest.MappingDecision;
import org.tributary.store.ingest.MappingDesk;
import org.tributary.store.ingest.RowNames;
import org.tributary.store.ingest.UndecidedException;
import org.tributary.store.ingest.Verdict;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** What waits for a person's decision, and the decisions. Thread-safe. */
public final class InboxPages {

  private static final int MOST_CONFLICTS = 200;
  private static final int MOST_DECISIONS = 100;

  private final MappingDesk mapping;
  private final ConflictDesk conflicts;
  private final RowNames names;
  private final Templates templates;

  private InboxPages(
      MappingDesk mapping, ConflictDesk conflicts, RowNames names, Templates templates) {
    this.mapping = mapping;
    this.conflicts = conflicts;
    this.names = names;
    this.templates = templates;
  }

  /** The page, and what its forms do. */
  public static List<Endpoint> all(Database database, Templates templates, Clock clock) {
    InboxPages pages =
        new InboxPages(
            MappingDesk.within(database, clock),
            ConflictDesk.within(database, clock),
            new RowNames(database, clock),
            templates);
    return List.of(
        new Page(Section.INBOX.path(), Audience.READERS, pages::look, templates),
        new Deed("/inbox/decide", Audience.OPERATORS, pages::decide),
        new Deed("/inbox/undo", Audience.OPERATORS, pages::undo),
        new Deed("/inbox/conflict", Audience.OPERATORS, pages::resolve));
  }

  private InboxView look(Request request) throws IOException {
    return view(Optional.empty(), Optional.empty());
  }

  private Response decide(Request request, Form form) throws IOException {
    try {
      Table table = table(form.text("table"));
      MappingDesk.Outcome outcome =
          mapping.decide(
              new GatewayId(form.text("gateway")),
              table,
              number(form, "local"),
              verdict(form.text("verdict")),
              form.text("central").isEmpty()
                  ? OptionalLong.empty()
                  : OptionalLong.of(number(form, "central")),
              request.caller().name(),
              false);
      InboxView view = view(Optional.empty(), Optional.empty());
      return templates.page(
          request,
          view.telling(
              "Decision %d: %s. What waited for it is stored, and what refers to it follows."
                  .formatted(outcome.number(), view.words(outcome.number()).orElse("it stands"))));
    } catch (UndecidedException | IllegalArgumentException e) {
      return trouble(request, String.valueOf(e.getMessage()));
    }
  }

  private Response undo(Request request, Form form) throws IOException {
    try {
      MappingDesk.Outcome outcome =
          mapping.undo(number(form, "number"), request.caller().name(), false);
      InboxView view = view(Optional.empty(), Optional.empty());
      String what = view.words(outcome.number()).map(words -> ", that " + words + ",").orElse("");
      String after =
          outcome.putBack().isEmpty()
              ? ""
              : " With its next push the gateway puts back: %s."
                  .formatted(String.join(", ", outcome.putBack()));
      return templates.page(
          request,
          view.telling("Decision %d%s is taken back.%s".formatted(outcome.number(), what, after)));
    } catch (UndecidedException | IllegalArgumentException e) {
      return trouble(request, String.valueOf(e.getMessage()));
    }
  }

  private Response resolve(Request request, Form form) throws IOException {
    try {
      Conflict conflict =
          conflicts
              .find(number(form, "number"))
              .orElseThrow(() -> new IllegalArgumentException("There is no such conflict"));
      Conflict.Side side =
          form.text("side").equals("gateway") ? Conflict.Side.GATEWAY : Conflict.Side.CENTRAL;
      ConflictDesk.Outcome outcome = conflicts.resolve(conflict, side, request.caller().name());
      String whose = side.name().toLowerCase(Locale.ROOT) + "'s";
      return switch (outcome) {
        case CHANGED ->
            told(
                request,
                "Central has the " + whose + " version now; gateways that take changes follow");
        case STANDS -> told(request, "The " + whose + " version counts, as it did");
        case NOTED -> told(request, "Noted: the row as a whole is as it is");
        case CHANGED_SINCE ->
            trouble(
                request, "The field has been changed since, to something else; nothing was done");
      };
    } catch (IllegalArgumentException e) {
      return trouble(request, String.valueOf(e.getMessage()));
    }
  }

  private static Table table(String name) {
    return Tables.ALL.stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no table " + name));
  }

  private static Verdict verdict(String word) {
    for (Verdict verdict : Verdict.values()) {
      if (verdict.name().equals(word)) {
        return verdict;
      }
    }
    throw new IllegalArgumentException("There is no verdict " + word);
  }

  private static long number(Form form, String name) {
    String text = form.text(name);
    if (!text.matches("-?\\d{1,18}")) {
      throw new IllegalArgumentException(
          "%s: a number is expected, not '%s'".formatted(name, text));
    }
    return Long.parseLong(text);
  }

  private Response told(Request request, String words) throws IOException {
    return templates.page(request, view(Optional.of(words + "."), Optional.empty()));
  }

  private Response trouble(Request request, String words) throws IOException {
    return templates.page(request, view(Optional.empty(), Optional.of(words)));
  }

  private InboxView view(Optional<String> told, Optional<String> trouble) throws IOException {
    List<MappingDesk.Question> questions = new ArrayList<>();
    List<MappingDesk.Sharing> sharings = new ArrayList<>();
    try {
      for (GatewayId gateway : mapping.gateways()) {
        questions.addAll(mapping.questions(gateway));
        sharings.addAll(mapping.sharings(gateway));
      }
    } catch (UndecidedException e) {
      // no gateway has greeted yet: nothing is in doubt
    }
    List<Choice> choices = new ArrayList<>();
    questions.forEach(each -> choices.addAll(each.choices()));
    sharings.forEach(each -> choices.addAll(each.choices()));
    List<Conflict> open = conflicts.page(Optional.empty(), true, 0, MOST_CONFLICTS);
    List<MappingDecision> decisions = mapping.decisions().stream().limit(MOST_DECISIONS).toList();
    return new InboxView(
        questions,
        sharings,
        open,
        decisions,
        Called.of(choices, open, decisions, names),
        told,
        trouble);
  }
}
