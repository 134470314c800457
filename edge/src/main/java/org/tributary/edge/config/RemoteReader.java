package org.tributary.edge.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tributary.edge.config.ConfigFile.Entry;
import org.tributary.edge.config.ConfigFile.Section;
import org.tributary.wire.MergeTerms;

/**
 * Finds out what the section of one remote means. Three kinds are in use: the oldest has an SSH
 * host in {@code url} and a database in {@code dbstring}; the newer a {@code resturl}; ours an
 * {@code http(s)://} in {@code url}.
 */
final class RemoteReader {
  /** Those that only the direct transport has a use for. */
  private static final List<String> DIRECT_KEYS =
      List.of(
          "dbstring",
          "dbhost",
          "dbport",
          "create_tables",
          "sshuser",
          "sshport",
          "sshfolder",
          "sshkey",
          "sshpassphrasefile",
          "known_hosts",
          "hostkey");

  static final KnownKeys KEYS =
      KnownKeys.of(
          Stream.concat(
                  Stream.of(
                      "url",
                      "resturl",
                      "transport",
                      "lastupdate",
                      "metadata",
                      "conflicts",
                      HttpReader.KEY_FILE,
                      HttpReader.INSECURE,
                      HttpReader.CA_FILE,
                      HttpReader.PIN),
                  DIRECT_KEYS.stream())
              .toArray(String[]::new));

  private final String name;
  private final Section section;
  private final Path folder;
  private final Map<String, String> environment;
  private final Problems problems;

  RemoteReader(
      String name,
      Section section,
      Path folder,
      Map<String, String> environment,
      Problems problems) {
    this.name = name;
    this.section = section;
    this.folder = folder;
    this.environment = environment;
    this.problems = problems;
  }

  /** Empty if there are problems, which are reported then. */
  Optional<RemoteConfig> read() {
    Optional<Setting> url = setting("url");
    Optional<Setting> http = setting("resturl").or(() -> url.filter(RemoteReader::hasScheme));
    Optional<Setting> ssh = url.filter(set -> !hasScheme(set));
    if (!section.has("url") && !section.has("resturl")) {
      problems.add(section.line(), "[%s] has no url; expected url = https://host/".formatted(name));
    }
    section
        .entry("resturl")
        .filter(entry -> url.filter(RemoteReader::hasScheme).isPresent())
        .ifPresent(
            entry ->
                problems.add(
                    entry.line(), "resturl and url both name an address; expected one of them"));
    Optional<TransportKind> transport = transport(http, ssh);
    Optional<URI> uri =
        http.flatMap(set -> problems.meaningOf(set, HttpAddress::parse)).map(HttpAddress::uri);
    Optional<DirectConfig> direct =
        transport.equals(Optional.of(TransportKind.DIRECT)) || http.isEmpty()
            ? ssh.flatMap(
                host -> new DirectReader(section, folder, environment, problems).read(host))
            : Optional.empty(); // an SSH host that is passed over may be out of date
    MergeTerms terms = terms();
    if (terms.takes() && direct.filter(way -> !way.createTables()).isPresent()) {
      problems.add(
          section.entry("metadata").map(Entry::line).orElse(section.line()),
          "metadata = both needs a place in that database for what both sides agreed on; expected"
              + " create_tables = yes beside it, or metadata = push");
    }
    return transport.flatMap(
        kind ->
            kind == TransportKind.DIRECT
                ? direct.map(way -> new RemoteConfig(name, kind, Optional.empty(), direct, terms))
                : uri.map(
                    base ->
                        new RemoteConfig(
                            name,
                            kind,
                            uri,
                            Optional.empty(),
                            terms,
                            new HttpReader(section, folder, problems).read(base))));
  }

  /** What is done with metadata that is changed there. */
  private MergeTerms terms() {
    boolean takes =
        section.has("metadata")
            && setting("metadata")
                .flatMap(set -> problems.meaningOf(set, RemoteReader::takes))
                .orElse(false);
    MergeTerms oneWay = MergeTerms.ONE_WAY;
    MergeTerms rules =
        section.has("conflicts")
            ? setting("conflicts")
                .flatMap(set -> problems.meaningOf(set, text -> MergeTerms.of(takes, false, text)))
                .orElse(oneWay)
            : oneWay;
    return new MergeTerms(takes, false, rules.rule(), rules.byTable());
  }

  private static boolean takes(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "push" -> false;
      case "both" -> true;
      default ->
          throw new IllegalArgumentException(
              "\"%s\" is no way for metadata; expected push (there only) or both".formatted(text));
    };
  }

  /** What is asked for, if what is there allows it. */
  private Optional<TransportKind> transport(Optional<Setting> http, Optional<Setting> ssh) {
    if (!section.has("transport")) {
      return transportByAddress(http, ssh);
    }
    Optional<Setting> set = setting("transport");
    Optional<TransportKind> wanted =
        set.flatMap(text -> problems.meaningOf(text, TransportKind::parse));
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    return switch (wanted.get()) {
      case AUTO -> transportByAddress(http, ssh);
      case SYNC, REST -> {
        if (http.isEmpty() && ssh.isPresent()) {
          problems.add(
              set.orElseThrow(),
              "%s goes over HTTP, but url is an SSH host; expected url = https://host/, or"
                      .formatted(wanted.get().key())
                  + " transport = direct");
        }
        yield wanted.filter(kind -> http.isPresent());
      }
      case DIRECT -> {
        if (ssh.isEmpty() && http.isPresent()) {
          problems.add(
              set.orElseThrow(),
              "direct goes through SSH, but the address is one of HTTP; expected url = host and a"
                  + " dbstring, or transport = auto");
        }
        yield wanted.filter(kind -> ssh.isPresent());
      }
    };
  }

  private Optional<TransportKind> transportByAddress(
      Optional<Setting> http, Optional<Setting> ssh) {
    if (http.isPresent() && ssh.isPresent()) {
      problems.add(
          section.line(),
          "[%s] has an SSH host in url and a resturl; expected transport = sync, rest or direct"
              .formatted(name));
      return Optional.empty();
    }
    if (ssh.isPresent()) {
      return Optional.of(TransportKind.DIRECT);
    }
    if (http.isPresent()) {
      reportDirectKeys();
      return Optional.of(TransportKind.AUTO);
    }
    return Optional.empty();
  }

  /** They may be all that is left of an SSH host, so nobody should believe that they are used. */
  private void reportDirectKeys() {
    for (String key : DIRECT_KEYS) {
      section
          .entry(key)
          .ifPresent(
              entry ->
                  problems.add(
                      entry.line(),
                      "%s belongs to the direct transport, but the address is one of HTTP; expected"
                              .formatted(key)
                          + " it to go, or url = host"));
    }
  }

  private static boolean hasScheme(Setting url) {
    return url.value().contains("://");
  }

  private Optional<Setting> setting(String key) {
    return section.setting(key, problems);
  }
}
