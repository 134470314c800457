package org.tributary.edge.key;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tributary.store.disk.Folders;
import org.tributary.store.disk.WholeFile;
import org.tributary.wire.Credential;
import org.tributary.wire.GatewayId;

/**
 * The file of one central's key, readable by its owner alone. Written whole: a power cut leaves the
 * old one or the new one. Stateless, so that whoever reads it has what stands in it now.
 *
 * @param path of the file; its folder is made with the first key
 */
public record KeyFile(Path path) {

  private static final String FOLDER = "keys";
  private static final Set<PosixFilePermission> OF_OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  /**
   * Where a central's key stands if nothing else is said.
   *
   * @param folder of the configuration
   * @param base where central's paths begin
   */
  public static KeyFile of(Path folder, URI base) {
    int port = base.getPort();
    String host = base.getHost().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "_");
    return new KeyFile(
        folder.resolve(FOLDER).resolve(port < 0 ? host + ".key" : host + "_" + port + ".key"));
  }

  /**
   * What stands in it; {@link GatewayKey#NONE} if there is no such file.
   *
   * @throws IOException if it can't be read, or is none; never quotes what stands there
   */
  public GatewayKey read() throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(path);
    } catch (NoSuchFileException e) {
      return GatewayKey.NONE;
    }
    Map<String, String> values = new HashMap<>();
    for (String line : lines) {
      int equals = line.indexOf('=');
      if (!line.strip().startsWith("#") && equals > 0) {
        values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    try {
      GatewayKey read =
          new GatewayKey(
              Optional.ofNullable(values.get("gateway")).map(GatewayId::new),
              credential(values, "key"),
              Optional.ofNullable(values.get("since")).map(Instant::parse),
              credential(values, "next"));
      if (read.key().isPresent() || read.next().isPresent()) {
        return read;
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException(damaged(), e);
    }
    throw new IOException(damaged());
  }

  private static Optional<Credential> credential(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(
        Credential.parse(value).orElseThrow(() -> new IllegalArgumentException(name)));
  }

  private String damaged() {
    return "%s holds no key that can be read; get another: tributary gateway add, at central, then tributary enrol, here"
        .formatted(path);
  }

  /** Writes it; it is on the disk when this returns. */
  public void write(GatewayKey key) throws IOException {
    StringBuilder text =
        new StringBuilder(
            "# Secret: whoever has this can send as this gateway. Made by tributary enrol.\n");
    key.gateway().ifPresent(gateway -> text.append("gateway = ").append(gateway).append('\n'));
    key.key().ifPresent(its -> text.append("key = ").append(its.reveal()).append('\n'));
    key.since().ifPresent(since -> text.append("since = ").append(since).append('\n'));
    key.next().ifPresent(next -> text.append("next = ").append(next.reveal()).append('\n'));
    Folders.create(Folders.of(path));
    WholeFile.writeSecret(path, text.toString());
  }

  /** Writes what stood there before; there is no file any more if there was none. */
  void restore(GatewayKey before) throws IOException {
    if (before.equals(GatewayKey.NONE)) {
      Files.deleteIfExists(path);
    } else {
      write(before);
    }
  }

  /** Whether others than its owner can read or write it; false where a system has no such thing. */
  public boolean isOpenToOthers() throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    return view != null
        && Files.exists(path)
        && view.readAttributes().permissions().stream().anyMatch(OF_OTHERS::contains);
  }
}
