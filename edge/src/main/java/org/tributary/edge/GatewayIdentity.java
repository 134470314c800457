package org.tributary.edge;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.HistoryConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.wire.Claims;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Greeting;
import org.tributary.wire.MergeTerms;
import org.tributary.wire.SyncApi;

/**
 * Who a gateway is: a name, and a hash of the machine and database behind it. Both are worked out
 * anew each time, so that losing every file but the configuration changes nothing.
 *
 * @param isNamed whether its operator chose the name
 * @param machine tells two machines of one name apart
 * @param hostname for people
 * @param version of this program
 * @param boot tells this start of the machine from every other; empty where the system does not say
 * @param terms what is to be done with metadata that both sides changed
 */
record GatewayIdentity(
    GatewayId id,
    boolean isNamed,
    String machine,
    String hostname,
    String version,
    Optional<String> boot,
    MergeTerms terms) {

  private static final Path MACHINE_ID = Path.of("/etc/machine-id");
  private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final int BOOT_DIGITS = 16; // it travels with every greeting

  GatewayIdentity {
    requireNonNull(id);
    requireNonNull(machine);
    requireNonNull(hostname);
    requireNonNull(version);
    requireNonNull(boot);
    requireNonNull(terms);
  }

  /** Of a gateway that only sends, where the system does not say when it started. */
  GatewayIdentity(GatewayId id, boolean isNamed, String machine, String hostname, String version) {
    this(id, isNamed, machine, hostname, version, Optional.empty(), MergeTerms.ONE_WAY);
  }

  /** Of a gateway that only sends. */
  GatewayIdentity(
      GatewayId id,
      boolean isNamed,
      String machine,
      String hostname,
      String version,
      Optional<String> boot) {
    this(id, isNamed, machine, hostname, version, boot, MergeTerms.ONE_WAY);
  }

  /** The same as a remote is to know it. */
  GatewayIdentity towards(RemoteConfig remote, HistoryConfig.Deletes deletes) {
    MergeTerms its = remote.terms();
    return new GatewayIdentity(
        id,
        isNamed,
        machine,
        hostname,
        version,
        boot,
        new MergeTerms(
            its.takes(),
            its.takes() && deletes == HistoryConfig.Deletes.MIRROR,
            its.rule(),
            its.byTable()));
  }

  /**
   * The configured name, else the host's name with a few digits of the hash: many a Raspberry Pi is
   * called {@code raspberrypi}.
   */
  static GatewayIdentity of(EdgeConfig config, String version) {
    return of(config, version, localHostName(), machineId());
  }

  static GatewayIdentity of(EdgeConfig config, String version, String hostname, String machineId) {
    String machine = hash(machineId + '\n' + config.local().printable());
    String byDefault =
        hostname.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-")
            + "-"
            + machine.substring(0, 6);
    String name = config.gateway().orElse(byDefault);
    return new GatewayIdentity(
        new GatewayId(name.substring(Math.max(0, name.length() - 64))),
        config.gateway().isPresent(),
        machine,
        hostname,
        version,
        thisStart());
  }

  Greeting greeting(Instant now) {
    return greeting(now, List.of());
  }

  Greeting greeting(Instant now, List<Claims> claims) {
    return new Greeting(id, machine, hostname, version, SyncApi.PROTOCOL, now, claims, boot, terms);
  }

  /**
   * The host's name as it was given. Java's way to it asks the name service, and a gateway must not
   * change its name when the network goes away.
   */
  private static String localHostName() {
    try {
      return Files.readString(KERNEL_HOST_NAME).strip();
    } catch (IOException e) {
      return resolvedHostName(); // not a Linux
    }
  }

  private static String resolvedHostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "gateway"; // a host whose own name does not resolve is common in the field
    }
  }

  /**
   * The same for all processes between two starts of this machine, and for no other machine. Where
   * the system has no such thing there is none: one a process would make two commands at once look
   * like two machines.
   */
  private static Optional<String> thisStart() {
    try {
      return Optional.of(hash(Files.readString(BOOT_ID).strip()).substring(0, BOOT_DIGITS));
    } catch (IOException e) {
      return Optional.empty(); // not a Linux
    }
  }

  private static String machineId() {
    try {
      return Files.readString(MACHINE_ID).strip();
    } catch (IOException e) {
      return ""; // not on every system; the host's name and the database still tell
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
