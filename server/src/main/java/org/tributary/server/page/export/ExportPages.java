package org.tributary.server.page.export;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Form;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.server.page.Page;
import org.tributary.server.page.Parameters;
import org.tributary.server.page.Section;
import org.tributary.server.page.Templates;
import org.tributary.server.page.Typed;
import org.tributary.store.Database;
import org.tributary.store.access.AccessDesk;
import org.tributary.store.access.Act;
import org.tributary.store.completeness.Completeness;
import org.tributary.store.completeness.HouseCompleteness.House;
import org.tributary.store.export.ExportJson;
import org.tributary.store.export.HouseExport;
import org.tributary.store.report.Span;
import org.tributary.wire.Json;
import org.tributary.wire.rest.BadFieldException;

/** Readings to be taken along. Thread-safe. */
public final class ExportPages {

  private static final int DAYS = 7;

  private final Completeness completeness;
  private final HouseExport export;
  private final CertificateFiles certificates;
  private final AccessDesk desk;
  private final Templates templates;
  private final String software;
  private final Clock clock;

  private ExportPages(
      Database database,
      CertificateFiles certificates,
      AccessDesk desk,
      Templates templates,
      String software,
      Clock clock) {
    this.completeness = new Completeness(database, clock);
    this.export = new HouseExport(database, clock);
    this.certificates = certificates;
    this.desk = desk;
    this.templates = templates;
    this.software = software;
    this.clock = clock;
  }

  /**
   * The page, and the files.
   *
   * @param desk where it is written down who took what along
   */
  public static List<Endpoint> all(
      Database database,
      CertificateFiles certificates,
      AccessDesk desk,
      Templates templates,
      String version,
      Clock clock) {
    ExportPages pages =
        new ExportPages(database, certificates, desk, templates, "Tributary " + version, clock);
    return List.of(
        new Page(Section.EXPORTS.path(), Audience.READERS, pages::look, templates),
        pages.download("readings.csv", Audience.READERS, pages::readings),
        pages.download("missing.json", Audience.READERS, pages::missing),
        pages.download("certificate.zip", Audience.OPERATORS, pages::certificate));
  }

  /**
   * Which readings are wanted.
   *
   * @param house as central knows it
   * @param first and {@code last}: UTC days, both included
   */
  private record Wanted(House house, LocalDate first, LocalDate last) {

    Span span() {
      return Span.ofDays(
          Optional.of(first.atStartOfDay(ZoneOffset.UTC).toInstant()),
          Optional.of(last.atStartOfDay(ZoneOffset.UTC).toInstant()));
    }

    String fileName() {
      return "house-%d-%s-%s".formatted(house.id(), first, last);
    }
  }

  /** A file; a person who asked for what there isn't gets the form back as it was filled in. */
  private Download download(String name, Audience audience, Download.Making making) {
    return new Download(
        Section.EXPORTS.path() + "/" + name,
        audience,
        request -> {
          try {
            return making.of(request);
          } catch (BadFieldException e) {
            if (!request.isOfBrowser()) {
              throw e;
            }
            return templates.page(request, refused(request, e));
          }
        });
  }

  private ExportsView refused(Request request, BadFieldException refusal) throws IOException {
    Map<String, String> fields = new HashMap<>();
    for (String name : List.of("house", "from", "to")) {
      fields.put(name, request.value(name).orElse(""));
    }
    String why = String.valueOf(refusal.getMessage());
    Typed typed = new Typed(ExportsView.FORM, refusal.field(), why, new Form(fields));
    return new ExportsView(
        completeness.houses(Optional.empty()), typed.form().text("house"), "", "", typed);
  }

  private ExportsView look(Request request) throws IOException {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return new ExportsView(
        completeness.houses(Optional.empty()),
        Parameters.text(request, "house").orElse(""),
        Parameters.day(request, "from").orElse(today.minusDays(DAYS)).toString(),
        Parameters.day(request, "to").orElse(today).toString(),
        Typed.NOTHING);
  }

  private Response readings(Request request) throws IOException {
    Wanted wanted = wanted(request);
    return Response.stream(
            200,
            "text/csv; charset=utf-8",
            out -> {
              HouseExport.Exported exported =
                  export.write(wanted.house(), wanted.span(), out).orElseThrow();
              note(request, wanted, exported, "readings");
            })
        .with("Content-Disposition", attachment(wanted.fileName() + ".csv"));
  }

  private Response missing(Request request) throws IOException {
    Wanted wanted = wanted(request);
    HouseExport.Exported exported =
        export.measure(wanted.house(), wanted.span()).orElseThrow(ExportPages::gone);
    note(request, wanted, exported, "what is missing");
    return Response.json(
            Json.lines(
                ExportJson.of(
                    wanted.fileName() + ".csv",
                    exported,
                    software,
                    clock.instant(),
                    wanted.first(),
                    wanted.last())))
        .with("Content-Disposition", attachment(wanted.fileName() + ".json"));
  }

  private Response certificate(Request request) throws IOException {
    Wanted wanted = wanted(request);
    HouseExport.Exported exported =
        export.measure(wanted.house(), wanted.span()).orElseThrow(ExportPages::gone);
    String name = "certificate-" + wanted.fileName();
    byte[] zip = certificates.zip(name, exported, software, wanted.first(), wanted.last());
    note(request, wanted, exported, "a certificate");
    return Response.bytes(200, "application/zip", zip)
        .with("Content-Disposition", attachment(name + ".zip"));
  }

  private void note(Request request, Wanted wanted, HouseExport.Exported exported, String what)
      throws IOException {
    desk.wrote(
        request.caller().name(),
        Act.EXPORT,
        "House " + wanted.house().id(),
        "%s, %s to %s, %,d readings"
            .formatted(what, wanted.first(), wanted.last(), exported.file().rows()));
  }

  private Wanted wanted(Request request) throws IOException {
    String house = request.value("house").orElse("");
    List<House> found = house.isEmpty() ? List.of() : completeness.houses(Optional.of(house));
    if (found.size() != 1) {
      throw Parameters.wrong("house", "the number of a house", house);
    }
    LocalDate first = required(request, "from");
    LocalDate last = required(request, "to");
    if (last.isBefore(first)) {
      throw Parameters.wrong("to", "a day that is not before " + first, last.toString());
    }
    return new Wanted(found.get(0), first, last);
  }

  private static LocalDate required(Request request, String name) throws BadFieldException {
    return Parameters.day(request, name)
        .orElseThrow(() -> Parameters.wrong(name, "a day such as 2024-05-01", ""));
  }

  private static BadFieldException gone() {
    return Parameters.wrong("house", "a house that is still there", "one removed just now");
  }

  private static String attachment(String name) {
    return "attachment; filename=\"" + name + "\"";
  }
}
