package org.tributary.server.page.house;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.completeness.Cause;
import org.tributary.store.completeness.Gap;
import org.tributary.store.completeness.HouseCompleteness;
import org.tributary.store.report.Span;
import org.tributary.wire.rest.BadFieldException;
import org.tributary.wire.rest.RestJson;

/**
 * The gaps of a house over a month at most, each with its cause in words. It is asked apart from
 * the lines, which are there long before. Thread-safe.
 */
record GapsEndpoint(Missed missed) implements Endpoint {

  private static final Duration LONGEST = Duration.ofDays(32);

  @Override
  public Method method() {
    return Method.GET;
  }

  @Override
  public String path() {
    return "/houses/{house}/gaps.json";
  }

  @Override
  public Audience audience() {
    return Audience.READERS;
  }

  @Override
  public Response answer(Request request) throws IOException {
    Optional<Selection> asked = Selection.of(request);
    if (asked.isEmpty()) {
      return HouseParts.unknown(request);
    }
    Optional<HouseCompleteness> found = missed.of(asked.get().house(), span(asked.get()));
    return found.isEmpty()
        ? HouseParts.unknown(request)
        : Response.json(RestJson.bytes(json(found.get())));
  }

  private static Span span(Selection selection) throws BadFieldException {
    if (selection.from().isEmpty() || selection.to().isEmpty()) {
      throw new BadFieldException(
          selection.from().isEmpty() ? Selection.FROM : Selection.TO,
          "Say \"from\" and \"to\", a month at most: it is all read");
    }
    Span span = new Span(selection.from().get(), selection.to().get());
    if (Duration.between(span.from(), span.until()).compareTo(LONGEST) > 0) {
      throw new BadFieldException(
          Selection.TO, "Ask for %d days at most: they are all read".formatted(LONGEST.toDays()));
    }
    return span;
  }

  private static Map<String, @Nullable Object> json(HouseCompleteness found) {
    Map<String, @Nullable Object> words = new LinkedHashMap<>();
    for (Cause cause : Cause.values()) {
      words.put(cause.name(), cause.words());
    }
    List<Object> gaps = new ArrayList<>();
    for (Gap gap : found.gaps()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("node", gap.node());
      json.put("from", gap.from().toString());
      json.put("until", gap.until().toString());
      json.put("rows", gap.rows());
      json.put("cause", gap.cause().name());
      json.put("evidence", gap.evidence());
      gaps.add(json);
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("house", found.house().id());
    json.put("from", found.from().toString());
    json.put("until", found.until().toString());
    json.put("causes", words);
    json.put("gaps", gaps);
    return json;
  }
}
