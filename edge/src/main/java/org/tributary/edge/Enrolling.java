package org.tributary.edge;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.edge.config.ConfigAdditions;
import org.tributary.edge.config.ConfigException;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.edge.http.HttpLink;
import org.tributary.edge.http.LinkSecurity;
import org.tributary.edge.http.Trust;
import org.tributary.edge.key.KeyChange;
import org.tributary.edge.key.KeyFile;
import org.tributary.store.disk.WholeFile;
import org.tributary.wire.EnrolmentCode;
import org.tributary.wire.GatewayId;

/**
 * Makes a gateway known at a central: gets it a key, and adds to its configuration what is missing
 * there. Not thread-safe.
 */
public final class Enrolling {

  private static final String NEW = "central";

  private final Path file;
  private final Map<String, String> environment;
  private final URI base;
  private final Terms terms;
  private final Optional<RemoteConfig> known;
  private final Clock clock;

  private Enrolling(
      Path file,
      Map<String, String> environment,
      URI base,
      Terms terms,
      Optional<RemoteConfig> known,
      Clock clock) {
    this.file = file;
    this.environment = environment;
    this.base = base;
    this.terms = terms;
    this.known = known;
    this.clock = clock;
  }

  /**
   * How central is spoken to, where the configuration doesn't say it.
   *
   * @param insecure whether without TLS beyond this machine
   * @param caFile certificates that are believed instead of the system's
   */
  public record Terms(boolean insecure, Optional<Path> caFile) {}

  /**
   * What came of it.
   *
   * @param gateway its name at central
   * @param added lines that were added to the configuration
   * @param todo what is still to be done there, in sentences
   */
  public record Done(GatewayId gateway, Path keyFile, List<String> added, List<String> todo) {

    public Done {
      added = List.copyOf(added);
      todo = List.copyOf(todo);
    }
  }

  /**
   * At a central.
   *
   * @param file the gateway's configuration, which need not be there yet
   * @param url of central
   * @throws IllegalArgumentException with a sentence, if that is no address
   */
  public static Enrolling at(
      Path file, Map<String, String> environment, String url, Terms terms, Clock clock) {
    URI base = RemoteConfig.address(url);
    Optional<RemoteConfig> known =
        read(file, environment)
            .flatMap(
                config ->
                    config.remotes().stream()
                        .filter(remote -> remote.uri().filter(uri -> isSame(uri, base)).isPresent())
                        .findFirst());
    return new Enrolling(file, environment, base, terms, known, clock);
  }

  /** One that has problems counts as none here: they are told at the end. */
  private static Optional<EdgeConfig> read(Path file, Map<String, String> environment) {
    try {
      return Optional.of(EdgeConfig.read(file, environment, Optional.empty()));
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  private static boolean isSame(URI one, URI other) {
    return one.getHost().equalsIgnoreCase(other.getHost())
        && one.getPort() == other.getPort()
        && one.getScheme().equalsIgnoreCase(other.getScheme());
  }

  /**
   * Shows the code and gets the key.
   *
   * @throws org.tributary.edge.http.NotLetInException if central does not know the code
   */
  public Done enrol(EnrolmentCode code) throws IOException {
    KeyFile keyFile =
        known
            .flatMap(remote -> remote.http().keyFile())
            .map(KeyFile::new)
            .orElseGet(() -> KeyFile.of(file.toAbsolutePath().resolveSibling(""), base));
    refuseAnothers(keyFile);
    LinkSecurity security =
        new LinkSecurity(
            Optional::empty,
            terms.insecure() || known.filter(remote -> remote.http().insecure()).isPresent(),
            trust());
    HttpLink link =
        new HttpLink(
            RemoteConfig.withoutRest(base),
            security,
            HttpLink.CONNECT_TIMEOUT,
            HttpLink.ANSWER_TIMEOUT);
    GatewayId gateway = new KeyChange(link, keyFile, clock).enrol(code);
    return complete(gateway, keyFile);
  }

  /** Two gateways with their configurations in one folder would take each other's key away. */
  private void refuseAnothers(KeyFile keyFile) throws IOException {
    Optional<String> said = read(file, environment).flatMap(EdgeConfig::gateway);
    Optional<GatewayId> owner;
    try {
      owner = keyFile.read().gateway();
    } catch (IOException e) {
      return; // nothing is lost with a key that can't be read
    }
    if (said.isPresent() && owner.isPresent() && !owner.get().value().equals(said.get())) {
      throw new IOException(
          ("%s is the key of gateway %s, and this is gateway %s. Put its configuration into a folder"
                  + " of its own, or say keyfile = FILE for this remote; if there is no %s any more,"
                  + " remove the file")
              .formatted(keyFile.path(), owner.get(), said.get(), owner.get()));
    }
  }

  private Trust trust() {
    Trust configured = known.map(remote -> remote.http().trust()).orElse(Trust.SYSTEM);
    return terms.caFile().isEmpty() ? configured : new Trust(terms.caFile(), configured.pins());
  }

  private Done complete(GatewayId gateway, KeyFile keyFile) throws IOException {
    Optional<EdgeConfig> config = read(file, environment);
    String text = Files.exists(file) ? Files.readString(file) : "";
    ConfigAdditions additions = new ConfigAdditions(text);
    if (text.isEmpty()) {
      additions.add("general", "localurl =");
    }
    if (config.isEmpty() ? !additions.hasLine("gateway") : config.get().gateway().isEmpty()) {
      additions.add("general", "gateway = " + gateway);
    }
    // One with problems may be one that only lacks a remote.
    if (config.isEmpty() ? !text.contains(base.getAuthority()) : known.isEmpty()) {
      String name = unusedName(config);
      additions.add("locations", name + " = 1");
      additions.add(name, "url = " + base);
      if (terms.insecure() && LinkSecurity.isExposed(base)) {
        additions.add(name, "insecure_http = yes");
      }
      terms
          .caFile()
          .ifPresent(its -> additions.add(name, "ca_file = \"" + its.toAbsolutePath() + '"'));
    }
    if (!additions.added().isEmpty()) {
      if (Files.exists(file)) {
        WholeFile.write(file, additions.text());
      } else {
        WholeFile.writeSecret(file, additions.text()); // it may be given a database's password
      }
    }
    return new Done(gateway, keyFile.path(), additions.added(), todo(gateway));
  }

  private static String unusedName(Optional<EdgeConfig> config) {
    List<String> used = new ArrayList<>();
    config.ifPresent(
        its -> {
          its.remotes().forEach(remote -> used.add(remote.name()));
          used.addAll(its.disabled());
        });
    String name = NEW;
    for (int i = 2; used.contains(name); i++) {
      name = NEW + i;
    }
    return name;
  }

  private List<String> todo(GatewayId gateway) {
    EdgeConfig config;
    try {
      config = EdgeConfig.read(file, environment, Optional.empty());
    } catch (ConfigException e) {
      return List.of(
          "What it still needs before tributary push can go on from here:", e.getMessage());
    }
    return List.of(
        config
            .gateway()
            .filter(name -> !name.equals(gateway.value()))
            .map(
                name ->
                    ("%s says gateway = %s, and central knows this key as %s's: say gateway = %s in"
                            + " [general].")
                        .formatted(file, name, gateway, gateway))
            .orElse("tributary push goes on from here."));
  }
}
