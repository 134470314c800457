package org.tributary.server.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.tributary.server.http.Caller;
import org.tributary.server.http.Door;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.access.Act;
import org.tributary.store.access.Role;
import org.tributary.store.access.SignIns;
import org.tributary.wire.Credential;
import org.tributary.wire.GatewayId;
import org.tributary.wire.SyncApi;

/**
 * Lets in who shows a key or has a session, to what is for him. The one place where that is
 * decided; it looks at what is shown, never at what a body says. Thread-safe.
 */
public final class Doorkeeper implements Door {

  private static final String GATEWAY = "gateway";
  private static final String BASIC = "Basic ";
  private static final int RETRY_SECONDS = 300;

  private final SignIns signIns;
  private final SignInPage page;

  /**
   * @param page shown to browsers of strangers
   */
  public Doorkeeper(SignIns signIns, SignInPage page) {
    this.signIns = signIns;
    this.page = page;
  }

  @Override
  public Response answer(Endpoint endpoint, Request request) throws IOException {
    Request known = request.by(caller(request));
    Caller caller = known.caller();
    if (!caller.isOf(endpoint.audience(known))) {
      return caller.isStranger() ? toStranger(known) : notForYou(caller);
    }
    if ((caller.kind() == Caller.Kind.SESSION && !comesFromOurPages(known))
        || (endpoint.path().equals(SignInPage.PATH) && isForeign(known))) {
      return Response.problem(
          403, "Not from here", "A page of another site sent this; nothing was done");
    }
    Optional<Response> foreign = foreign(endpoint, known);
    if (foreign.isPresent()) {
      return foreign.get();
    }
    Response response = endpoint.answer(known);
    if (isChange(endpoint, known, response)) {
      signIns.wrote(
          caller.name(),
          Act.CHANGE,
          known.path(),
          "%s, %d".formatted(known.method(), response.status()));
    }
    return response;
  }

  /** Whether somebody changed rows one by one; what gateways and scripts send has other books. */
  private static boolean isChange(Endpoint endpoint, Request request, Response response) {
    String path = request.path().toLowerCase(Locale.ROOT);
    return !isReading(request)
        && response.status() < 300
        && path.startsWith("/rest/")
        && !endpoint.audience().includes(Role.VIEWER)
        && !endpoint.audience().includes(Role.GATEWAY)
        && !path.startsWith("/rest/bulk")
        && !path.startsWith("/rest/pushstatus");
  }

  @Override
  public Response nothingThere(Request request, Response otherwise) throws IOException {
    Request known = request.by(caller(request));
    return known.caller().isStranger() ? toStranger(known) : otherwise;
  }

  private Caller caller(Request request) throws IOException {
    Optional<Credential> shown = shown(request);
    if (shown.isPresent()) {
      return signIns.holder(shown.get()).map(Caller::withKey).orElse(Caller.STRANGER);
    }
    Optional<String> session = SessionCookie.of(request);
    return session.isPresent()
        ? signIns.ofSession(session.get()).map(Caller::inSession).orElse(Caller.STRANGER)
        : Caller.STRANGER;
  }

  /** The key that is shown: as a bearer's, as a password, or in the path of an old program. */
  private static Optional<Credential> shown(Request request) {
    Optional<String> header = request.header(SyncApi.KEY_HEADER);
    if (header.isEmpty()) {
      return request.pathToken().flatMap(Credential::parse);
    }
    String value = header.get();
    if (value.regionMatches(true, 0, SyncApi.KEY_SCHEME, 0, SyncApi.KEY_SCHEME.length())) {
      return Credential.parse(value.substring(SyncApi.KEY_SCHEME.length()));
    }
    return value.regionMatches(true, 0, BASIC, 0, BASIC.length())
        ? password(value.substring(BASIC.length())).flatMap(Credential::parse)
        : Optional.empty();
  }

  /** The password of a basic authentication; the user's name in front of it says nothing. */
  private static Optional<String> password(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded.strip()), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether a browser says that the request comes from a page of ours (OWASP, Cross-Site Request
   * Forgery Prevention, fetch metadata): all that are in use say so. What only reads may come from
   * anywhere; no page of another site gets to see the answer.
   */
  private static boolean comesFromOurPages(Request request) {
    if (isReading(request)) {
      return true;
    }
    Optional<String> site = request.header("Sec-Fetch-Site");
    if (site.isPresent()) {
      return site.get().equals("same-origin") || site.get().equals("none");
    }
    return request
        .header("Origin")
        .filter(origin -> origin.replaceFirst("^https?://", "").equals(request.host()))
        .isPresent();
  }

  /** Whether a browser says that a page of another site sends it; programs say nothing. */
  private static boolean isForeign(Request request) {
    return !isReading(request)
        && (request.header("Sec-Fetch-Site").isPresent() || request.header("Origin").isPresent())
        && !comesFromOurPages(request);
  }

  private static boolean isReading(Request request) {
    return request.method().equals("GET") || request.method().equals("HEAD");
  }

  /** Of other gateways a gateway hears nothing, not even that they are there. */
  private static Optional<Response> foreign(Endpoint endpoint, Request request) {
    Optional<GatewayId> own = request.caller().keyOf();
    if (own.isEmpty()) {
      return Optional.empty();
    }
    if (endpoint.path().contains("{" + GATEWAY + "}")
        && !request.pathParameter(GATEWAY).equals(own.get().value())) {
      return Optional.of(
          Response.problem(404, "Not found", "There is nothing at " + request.path()));
    }
    Optional<String> said = request.header(SyncApi.GATEWAY_HEADER);
    if (said.filter(name -> !name.equals(own.get().value())).isPresent()) {
      return Optional.of(
          Response.problem(
              403,
              "Another's key",
              ("The key is that of gateway %s, and this is gateway %s. Say gateway = %s in"
                      + " [general], or get a key of its own: at central, tributary gateway add %s")
                  .formatted(own.get(), said.get(), own.get(), said.get())));
    }
    return Optional.empty();
  }

  private static Response notForYou(Caller caller) {
    String role =
        caller.holder().map(who -> who.role().word()).orElse("nobody").toLowerCase(Locale.ROOT);
    return Response.problem(
        403,
        "Not yours to ask",
        "%s may not do this as %s; an administrator gives other roles"
            .formatted(caller.name(), role));
  }

  private Response toStranger(Request request) throws IOException {
    if (isUploadOfOldProgram(request)) {
      // It takes every answer but 500 for success, and would never send the rows again.
      return Response.later(
          500, "Not stored", "The token in the address is not known here", RETRY_SECONDS);
    }
    if (isReading(request)
        && request.header("Accept").filter(types -> types.contains("text/html")).isPresent()) {
      return page.toStranger(request);
    }
    boolean shows =
        request.header(SyncApi.KEY_HEADER).isPresent() || request.pathToken().isPresent();
    return Response.problem(
            401,
            shows ? "Unknown key" : "Sign in",
            shows
                ? "This key is not known here: it was revoked, or replaced, or has ended. A gateway"
                    + " gets another by a code: at central, tributary gateway add NAME, then, at the"
                    + " gateway, tributary enrol URL CODE"
                : "This central answers those who sign in. A gateway does by its key: at central,"
                    + " tributary gateway add NAME, then, at the gateway, tributary enrol URL CODE."
                    + " A program does by a token (tributary token add), a person at /sign-in")
        .with("WWW-Authenticate", "Bearer");
  }

  private static boolean isUploadOfOldProgram(Request request) {
    return request.pathToken().isPresent()
        && !isReading(request)
        && request.path().toLowerCase(Locale.ROOT).startsWith("/rest/bulk");
  }
}
