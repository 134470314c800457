package org.tributary.store.certificate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tributary.store.completeness.Cause;
import org.tributary.store.completeness.Gap;
import org.tributary.store.completeness.HouseCompleteness;
import org.tributary.store.completeness.HouseCompleteness.GatewayReach;
import org.tributary.store.completeness.NodeDay;
import org.tributary.store.export.HouseExport;
import org.tributary.wire.Digest;

/**
 * A certificate as a page to be read and printed. It needs nothing but itself, and it is not what
 * is signed: it names the file that is. Immutable.
 *
 * @param fileName the name of that file
 */
public record CertificatePage(
    HouseExport.Exported exported, Issue issue, SignedCertificate signed, String fileName) {

  private static final int MOST_GAPS = 200;
  private static final int MOST_DAYS = 400;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The whole page. */
  public String html() {
    HouseCompleteness house = exported.completeness();
    Html page = new Html();
    page.raw(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        """);
    page.element("title", "Completeness certificate: " + house.house().address());
    page.raw("<style>\n").raw(style()).raw("</style>\n</head>\n<body>\n<main>\n");
    head(page, house);
    verdict(page, house);
    figures(page, house);
    coverage(page, house);
    causes(page, house);
    gaps(page, house.gaps());
    gateways(page, house.gateways());
    seal(page);
    digests(page, house.days());
    page.raw("<footer>");
    page.text(
        "A digest is the count and the sum modulo 2^64 of the XXH3 hashes of a window's readings:"
            + " the same on both sides if the readings are.");
    page.raw("</footer>\n");
    page.raw("</main>\n</body>\n</html>\n");
    return page.toString();
  }

  private static String style() {
    try (InputStream css =
        Objects.requireNonNull(CertificatePage.class.getResourceAsStream("certificate.css"))) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Our own resource certificate.css", e);
    }
  }

  private void head(Html page, HouseCompleteness house) {
    page.raw("<header>\n<p class=\"kind\">Completeness certificate</p>\n");
    page.element("h1", house.house().address());
    String deployment = house.house().deployment().map(name -> name + " · ").orElse("");
    page.element(
        "p",
        "%shouse %d · %s to %s, both included, UTC"
            .formatted(deployment, house.house().id(), issue.first(), issue.last()));
    page.raw("</header>\n");
  }

  private static void verdict(Html page, HouseCompleteness house) {
    long expected = house.expected();
    boolean complete = house.isComplete();
    page.raw("<p class=\"verdict%s\">".formatted(complete ? " complete" : ""));
    if (expected == 0 && !house.isStillSent()) {
      page.text("No readings are here, and none are known to be missing.");
    } else if (complete) {
      page.raw("<b>Complete.</b> ");
      page.text("All %s readings that are expected were delivered.".formatted(count(expected)));
    } else if (expected == house.present()) {
      page.text(
          "%s readings were delivered; a gateway is still sending others of this time."
              .formatted(count(expected)));
    } else {
      page.raw("<b>").text(percent(house.present(), expected)).raw("</b> ");
      page.text(
          "of %s expected readings were delivered; %s are missing, and this page says why."
              .formatted(count(expected), count(expected - house.present())));
    }
    page.raw("</p>\n");
  }

  /** Rounded down: what is not all is never shown as 100 %. */
  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.2f %%", Math.floor(part * 10_000.0 / whole) / 100);
  }

  private static void figures(Html page, HouseCompleteness house) {
    page.raw("<dl class=\"figures\">\n");
    figure(page, "expected", house.expected());
    figure(page, "recorded", house.recorded());
    figure(page, "delivered", house.present());
    figure(page, "on the gateway", house.waiting());
    figure(page, "set aside", house.setAside());
    figure(page, "corrected", house.corrections());
    page.raw("</dl>\n");
    page.raw("<p class=\"quiet\">");
    page.text(
        "Expected is what is known of, or what each node's own rhythm leads to expect, whichever is"
            + " more. Recorded is what the gateway took down, as far as is known; corrected is how"
            + " many were edited or deleted after they had arrived. Looked at: %s to %s."
                .formatted(time(house.from()), time(house.until())));
    page.raw("</p>\n");
  }

  private static void figure(Html page, String name, long count) {
    page.raw("<div><dt>").text(name).raw("</dt><dd>").text(count(count)).raw("</dd></div>\n");
  }

  private static void coverage(Html page, HouseCompleteness house) {
    if (house.days().isEmpty()) {
      return;
    }
    page.element("h2", "Coverage");
    List<NodeDay> days = house.days();
    int span = CoverageMap.daysACell(days.get(0).day(), days.get(days.size() - 1).day());
    page.raw("<p class=\"legend quiet\"><span><i style=\"background:#1f6f8b\"></i>complete</span>");
    page.raw(
        "<span><i style=\"border-color:#d98324;background:linear-gradient(to top,#d98324 50%,");
    page.raw("#fff 50%)\"></i>as high as it is filled</span><span>");
    page.text(span == 1 ? "a cell is a day" : "a cell is %d days".formatted(span));
    page.raw("</span></p>\n").raw("<div class=\"scroll\">").raw(CoverageMap.svg(days));
    page.raw("</div>\n");
    page.table("#node", "#expected", "#delivered", "#", "#waiting", "#set aside", "digest of all");
    SortedMap<Long, List<NodeDay>> nodes =
        days.stream()
            .collect(Collectors.groupingBy(NodeDay::node, TreeMap::new, Collectors.toList()));
    nodes.forEach(
        (node, its) -> {
          long expected = its.stream().mapToLong(NodeDay::expected).sum();
          long present = its.stream().mapToLong(NodeDay::present).sum();
          Digest digest = its.stream().map(NodeDay::digest).reduce(Digest.NONE, Digest::plus);
          page.row(
              "nnnnnnd",
              Long.toString(node),
              count(expected),
              count(present),
              expected == 0 ? "" : percent(present, expected),
              count(its.stream().mapToLong(NodeDay::waiting).sum()),
              count(its.stream().mapToLong(CertificatePage::setAside).sum()),
              Long.toHexString(digest.sum()));
        });
    page.endTable();
  }

  private static long setAside(NodeDay day) {
    return day.setAside().values().stream().mapToLong(Long::longValue).sum();
  }

  private static void causes(Html page, HouseCompleteness house) {
    Map<Cause, Long> lost = house.lost();
    if (lost.isEmpty()) {
      return;
    }
    page.element("h2", "What is missing, by cause");
    page.table("cause", "#readings");
    lost.entrySet().stream()
        .sorted(Map.Entry.<Cause, Long>comparingByValue().reversed())
        .forEach(each -> page.row("-n", each.getKey().words(), count(each.getValue())));
    page.endTable();
  }

  private static void gaps(Html page, List<Gap> gaps) {
    if (gaps.isEmpty()) {
      return;
    }
    page.element("h2", "Gaps");
    List<Gap> largest =
        gaps.stream()
            .sorted(Comparator.comparingLong(Gap::rows).reversed())
            .limit(MOST_GAPS)
            .sorted(Comparator.comparingLong(Gap::node).thenComparing(Gap::from))
            .toList();
    page.table("#node", "from", "until", "#readings", "cause", "evidence");
    for (Gap gap : largest) {
      page.row(
          "nttn--",
          Long.toString(gap.node()),
          time(gap.from()),
          time(gap.until()),
          count(gap.rows()),
          gap.cause().words(),
          gap.evidence());
    }
    page.endTable();
    if (gaps.size() > largest.size()) {
      page.element(
          "p",
          "These are the largest of %s gaps; all are in the signed file."
              .formatted(count(gaps.size())));
    }
  }

  private static void gateways(Html page, List<GatewayReach> gateways) {
    if (gateways.isEmpty()) {
      return;
    }
    page.element("h2", "Gateways");
    page.table("gateway", "version", "heard last", "sent in order up to", "#rows still there");
    for (GatewayReach each : gateways) {
      page.row(
          "--ttn",
          each.gateway(),
          each.version(),
          time(each.lastContact()),
          each.reached().map(CertificatePage::time).orElse("nothing yet"),
          count(each.unsent()) + (each.backlog().isEmpty() ? "" : ", and older ones on their way"));
    }
    page.endTable();
  }

  private static void digests(Html page, List<NodeDay> days) {
    if (days.isEmpty()) {
      return;
    }
    page.element("h2", "Digests per node and day");
    if (days.size() > MOST_DAYS) {
      page.element("p", "All %s of them are in the signed file.".formatted(count(days.size())));
      return;
    }
    page.table("day", "#node", "#expected", "#delivered", "digest");
    for (NodeDay day : days) {
      page.row(
          "tnnnd",
          day.day().toString(),
          Long.toString(day.node()),
          count(day.expected()),
          count(day.present()),
          Long.toHexString(day.digest().sum()));
    }
    page.endTable();
  }

  private void seal(Html page) {
    IssuerKey issuer = signed.certified().issuer();
    page.element("h2", "Seal");
    page.element(
        "p",
        "This page is for reading. Signed is the file beside it, and anybody can check that file,"
            + " and a file of the readings against it, without a database:");
    page.raw("<pre>").text("tributary certificate check ").text(fileName);
    page.text(" --against export.csv --key ").text(issuer.fingerprint()).raw("</pre>\n");
    page.raw("<div class=\"scroll\"><table class=\"seal\"><tbody>\n");
    page.row("-d", "signed file", fileName);
    page.row("-d", "SHA-256 of what is signed", signed.sha256());
    page.row("-d", "key (Ed25519), SHA-256", issuer.fingerprint());
    page.row("-d", "export, SHA-256", exported.file().sha256());
    page.row("--", "export", count(exported.file().rows()) + " readings");
    page.row("--", "issued", TIME.format(issue.at()) + " UTC by " + issue.software());
    page.raw("</tbody></table></div>\n");
  }

  private static String time(Instant time) {
    return TIME.format(time);
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
