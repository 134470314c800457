package org.tributary.edge.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import org.tributary.edge.words.StandingWords;
import org.tributary.edge.words.TimeWords;
import org.tributary.store.DurationWords;

/** The page for people. All but the icon is in one answer, so that it is whole or not there. */
final class HtmlPage {

  private static final int REFRESH_SECONDS = 10;

  private static final String STYLE = style();

  /** The style sheet is known by its hash; only the icon is loaded, and nothing runs. */
  static final String POLICY =
      "default-src 'none'; style-src 'sha256-%s'; img-src 'self'; base-uri 'none'; form-action 'none';"
              .formatted(hash(STYLE))
          + " frame-ancestors 'none'";

  private HtmlPage() {}

  static PageServer.Page of(Look look) {
    StandingWords words = look.words(look.worst());
    Shape shape = Shape.of(look.worst().status().standing());
    Html body =
        Html.of(
            """
            <header class="state %s">
            <div class="word">%s<h1>%s</h1></div>
            %s
            <p class="why">%s%s</p>
            </header>
            <main>
            %s
            %s
            %s
            %s
            </main>
            <footer><p>Gateway %s · Tributary %s · at work for %s</p>
            <p>As of %s; this page renews itself. <a href="/status.json">status.json</a> · \
            <a href="/metrics">metrics</a></p></footer>\
            """,
            shape.style(),
            shape.drawn(),
            words.remote().standing().words(),
            words
                .figure()
                .map(figure -> Html.of("<p class=\"figure\">%s</p>", figure))
                .orElse(Html.NONE),
            look.remotes().size() == 1
                ? Html.NONE
                : Html.of("%s: ", Html.foreign(words.remote().name(), 60)),
            Html.foreign(sentence(words.sentence(), look.remotes().size() > 1)),
            SensorsCheck.of(look).html(),
            NetworkCheck.of(look).html(),
            CentralCheck.of(look).html(),
            AdviceSection.of(look),
            Html.foreign(look.gateway(), 64),
            look.version(),
            DurationWords.brief(Duration.between(look.since(), look.at())),
            TimeWords.of(look.at()));
    return page(words.headline() + " – " + look.gateway(), body);
  }

  /** While there was no time to look yet. */
  static PageServer.Page beginning() {
    return page(
        "Tributary",
        Html.of(
            """
            <header class="state unknown"><div class="word">%s<h1>LOOKING</h1></div>
            <p class="why">The push has just begun, or the local database is slow to answer. This
            page renews itself.</p></header>\
            """,
            Shape.UNKNOWN.drawn()));
  }

  /** It begins with a capital, unless a name stands before it. */
  private static String sentence(String words, boolean follows) {
    return follows || words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static PageServer.Page page(String title, Html body) {
    Html page =
        Html.of(
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>%s</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="refresh" content="%s"><link rel="icon" href="/favicon.ico" type="image/svg+xml">
            <style>%s</style></head>
            <body>
            %s
            </body></html>
            """,
            title, REFRESH_SECONDS, new Html(STYLE), body);
    return Answers.of("text/html; charset=utf-8", POLICY, page.markup());
  }

  private static String style() {
    try (InputStream file = HtmlPage.class.getResourceAsStream("status.css")) {
      byte[] text = Objects.requireNonNull(file, "status.css is missing").readAllBytes();
      return new String(text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("A file of the program can't be read", e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
