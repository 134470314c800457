package org.tributary.edge.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tributary.edge.config.ConfigFile.Entry;
import org.tributary.edge.config.ConfigFile.Section;
import org.tributary.edge.http.Pin;
import org.tributary.edge.http.Trust;
import org.tributary.edge.key.KeyFile;

/** Finds out how the remote of a section is spoken to over HTTP. */
final class HttpReader {

  static final String KEY_FILE = "keyfile";
  static final String INSECURE = "insecure_http";
  static final String CA_FILE = "ca_file";
  static final String PIN = "pin";

  private final Section section;
  private final Path folder;
  private final Problems problems;

  HttpReader(Section section, Path folder, Problems problems) {
    this.section = section;
    this.folder = folder;
    this.problems = problems;
  }

  HttpConfig read(URI base) {
    Path keyFile = path(KEY_FILE).orElseGet(() -> KeyFile.of(folder, base).path());
    Optional<Path> caFile = path(CA_FILE);
    List<Pin> pins = section.entry(PIN).map(this::pins).orElse(List.of());
    if (base.getScheme().equalsIgnoreCase("http")) {
      reportWithoutTls(CA_FILE);
      reportWithoutTls(PIN);
    }
    return new HttpConfig(Optional.of(keyFile), isInsecure(), new Trust(caFile, pins));
  }

  private boolean isInsecure() {
    return section
        .given(INSECURE, problems)
        .flatMap(set -> problems.meaningOf(set, OnOff::parse))
        .orElse(false);
  }

  private Optional<Path> path(String key) {
    return section
        .given(key, problems)
        .flatMap(set -> problems.meaningOf(set, text -> folder.resolve(text).normalize()));
  }

  /** One, or several between commas: the next key beside the one of now. */
  private List<Pin> pins(Entry entry) {
    return entry.values().stream()
        .map(value -> new Setting(entry.key(), entry.line(), value))
        .flatMap(set -> problems.meaningOf(set, Pin::new).stream())
        .toList();
  }

  /** Nobody should believe that it protects anything. */
  private void reportWithoutTls(String key) {
    section
        .entry(key)
        .ifPresent(
            entry ->
                problems.add(
                    entry.line(),
                    "%s says whom to trust over TLS, but the address is http://; expected https://"
                        .formatted(key)));
  }
}
