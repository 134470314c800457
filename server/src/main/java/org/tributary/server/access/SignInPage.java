package org.tributary.server.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;

/**
 * The page where people sign in, and where the first one gets in. It has all that it needs in
 * itself but the icon: nothing else of central's is shown to a stranger. Thread-safe.
 */
public final class SignInPage {

  static final String PATH = "/sign-in";

  private static final String HTML = "text/html; charset=utf-8";
  private static final String STYLE = resource("sign-in.css");
  private static final String SIGN_IN = resource("sign-in.html").replace("{style}", STYLE);
  private static final String SET_UP = resource("set-up.html").replace("{style}", STYLE);
  private static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + hash(STYLE)
          + "'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  private final SetUp setUp;

  public SignInPage(SetUp setUp) {
    this.setUp = setUp;
  }

  /** What a stranger's browser gets, whatever it asked for. */
  Response toStranger(Request request) throws IOException {
    return of(401, "", "", request.path());
  }

  /**
   * The page.
   *
   * @param trouble what went wrong before; nothing in the beginning
   * @param name that was typed before
   * @param next where to go on
   */
  Response of(int status, String trouble, String name, String next) throws IOException {
    String body = setUp.open().isPresent() ? SET_UP : SIGN_IN;
    String page =
        body.replace(
                "{trouble}",
                trouble.isEmpty() ? "" : "<p role=\"alert\">" + escaped(trouble) + "</p>")
            .replace("{name}", escaped(name))
            .replace("{next}", escaped(next));
    return Response.bytes(status, HTML, page.getBytes(StandardCharsets.UTF_8))
        .with("Content-Security-Policy", POLICY)
        .with("Referrer-Policy", "no-referrer");
  }

  /** Where to go after signing in: a path of ours, whatever the form says. */
  static String local(String next) {
    boolean isOurs =
        next.startsWith("/")
            && !next.startsWith("//")
            && !next.startsWith(PATH)
            && next.chars().allMatch(each -> each > ' ' && each < 127 && each != '\\');
    return isOurs ? next : "/";
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;")
        .replace("{", "&#123;");
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(SignInPage.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Our own resource " + name, e);
    }
  }

  private static String hash(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
