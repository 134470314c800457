package org.tributary.server.access;

import java.io.IOException;
import java.util.Optional;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.access.SignIns;

/** Ends the session of whoever asks. */
record SignOutEndpoint(SignIns signIns) implements Endpoint {

  @Override
  public Method method() {
    return Method.POST;
  }

  @Override
  public String path() {
    return "/sign-out";
  }

  @Override
  public Audience audience() {
    return Audience.READERS;
  }

  @Override
  public Response answer(Request request) throws IOException {
    Optional<String> session = SessionCookie.of(request);
    if (session.isPresent()) {
      signIns.signOut(session.get());
    }
    return Response.seeOther(SignInPage.PATH).with("Set-Cookie", SessionCookie.end(request));
  }
}
