package org.tributary.server.http;

import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes a token out of the path, where programs put it that can send nothing but an address: {@code
 * /t/TOKEN/rest/…} is {@code /rest/…} from here on, and no log and no answer shows the token.
 * Thread-safe.
 */
final class TokenInPath extends Handler.Wrapper {

  /** Under which the token is kept with the request. */
  static final String ATTRIBUTE = "org.tributary.token";

  private static final String PREFIX = "/t/";

  /** What programs that can send nothing else ask for; a page's address is kept in histories. */
  private static final Pattern OF_PROGRAMS = Pattern.compile("(?i)/(rest|sumrest)(/.*)?");

  /** Where nobody answers, and strangers are told that they are. */
  private static final String NOWHERE = "/t";

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = request.getHttpURI().getPath();
    if (path == null || !path.startsWith(PREFIX)) {
      return super.handle(request, response, callback);
    }
    int end = path.indexOf('/', PREFIX.length());
    String token = path.substring(PREFIX.length(), end < 0 ? path.length() : end);
    String rest = end < 0 ? "/" : path.substring(end);
    boolean isOfPrograms = OF_PROGRAMS.matcher(rest).matches();
    HttpURI without =
        HttpURI.build(request.getHttpURI())
            .path(isOfPrograms ? rest : NOWHERE)
            .query(request.getHttpURI().getQuery());
    if (isOfPrograms) {
      request.setAttribute(ATTRIBUTE, token);
    }
    return super.handle(Request.serveAs(request, without), response, callback);
  }
}
