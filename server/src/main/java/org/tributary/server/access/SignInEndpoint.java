package org.tributary.server.access;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Form;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.access.SignIns;

/** Signing in and out, with a browser. Thread-safe. */
public final class SignInEndpoint implements Endpoint {

  private static final int FREE_FAILURES = 5;
  private static final int FREE_FAILURES_OF_ADDRESS = 30;

  private final Method method;
  private final SignIns signIns;
  private final SetUp setUp;
  private final SignInPage page;
  private final Throttle ofPerson;
  private final Throttle ofAddress;

  private SignInEndpoint(
      Method method, SignIns signIns, SetUp setUp, SignInPage page, Clock clock) {
    this.method = method;
    this.signIns = signIns;
    this.setUp = setUp;
    this.page = page;
    this.ofPerson = new Throttle(clock, FREE_FAILURES);
    this.ofAddress = new Throttle(clock, FREE_FAILURES_OF_ADDRESS);
  }

  /** The page, what it sends, and the way out. */
  public static List<Endpoint> all(SignIns signIns, SetUp setUp, SignInPage page, Clock clock) {
    return List.of(
        new SignInEndpoint(Method.GET, signIns, setUp, page, clock),
        new SignInEndpoint(Method.POST, signIns, setUp, page, clock),
        new SignOutEndpoint(signIns));
  }

  @Override
  public Method method() {
    return method;
  }

  @Override
  public String path() {
    return SignInPage.PATH;
  }

  @Override
  public Audience audience() {
    return Audience.ANYONE;
  }

  @Override
  public Response answer(Request request) throws IOException {
    return method == Method.GET ? page.of(200, "", "", "/") : signedIn(request);
  }

  private Response signedIn(Request request) throws IOException {
    Form form = Form.of(request);
    String name = form.text("name").strip();
    String next = form.text("next");
    String person = request.address() + " " + name.toLowerCase(Locale.ROOT);
    Duration wait = longer(ofPerson.wait(person), ofAddress.wait(request.address()));
    if (!wait.isZero()) {
      return page.of(
              429,
              "Too many tries: wait %,d s and try again".formatted(wait.toSeconds()),
              name,
              next)
          .with("Retry-After", Long.toString(wait.toSeconds()));
    }
    if (setUp.open().isPresent()) {
      if (!setUp.isCode(form.text("code"))) {
        failed(request, person);
        return page.of(
            401, "That is not the code that central printed when it started", name, next);
      }
      try {
        signIns.isFirst(name, form.text("password"));
      } catch (IllegalArgumentException e) {
        return page.of(400, String.valueOf(e.getMessage()), name, next);
      }
    }
    Optional<String> session = signIns.signIn(name, form.text("password"));
    if (session.isEmpty()) {
      failed(request, person);
      return page.of(401, "Name and password don't fit", name, next);
    }
    ofPerson.succeeded(person);
    return Response.seeOther(SignInPage.local(next))
        .with("Set-Cookie", SessionCookie.begin(request, session.get()));
  }

  private void failed(Request request, String person) {
    ofPerson.failed(person);
    ofAddress.failed(request.address());
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
