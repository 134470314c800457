package org.tributary.edge;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.tributary.edge.config.ConfigException;
import org.tributary.edge.config.DirectConfig;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.edge.config.TransportKind;
import org.tributary.edge.direct.TunnelReach;
import org.tributary.edge.doctor.Area;
import org.tributary.edge.doctor.Central;
import org.tributary.edge.doctor.Check;
import org.tributary.edge.doctor.ClockCheck;
import org.tributary.edge.doctor.ConfigurationCheck;
import org.tributary.edge.doctor.DatabaseAnswerCheck;
import org.tributary.edge.doctor.DatabaseCheck;
import org.tributary.edge.doctor.Doctor;
import org.tributary.edge.doctor.Examined;
import org.tributary.edge.doctor.Foregone;
import org.tributary.edge.doctor.ForwardingCheck;
import org.tributary.edge.doctor.GreetingCheck;
import org.tributary.edge.doctor.HealthAnswer;
import org.tributary.edge.doctor.HostKeyCheck;
import org.tributary.edge.doctor.JournalCheck;
import org.tributary.edge.doctor.KeyFilesCheck;
import org.tributary.edge.doctor.MetadataCheck;
import org.tributary.edge.doctor.NameAnswer;
import org.tributary.edge.doctor.NameCheck;
import org.tributary.edge.doctor.NewestReadingCheck;
import org.tributary.edge.doctor.PlainHttpCheck;
import org.tributary.edge.doctor.PortCheck;
import org.tributary.edge.doctor.PushFolderCheck;
import org.tributary.edge.doctor.RemoteDatabaseCheck;
import org.tributary.edge.doctor.RestCheck;
import org.tributary.edge.doctor.RunningPushCheck;
import org.tributary.edge.doctor.SignInCheck;
import org.tributary.edge.doctor.SpaceCheck;
import org.tributary.edge.doctor.StatusPageCheck;
import org.tributary.edge.doctor.Step;
import org.tributary.edge.doctor.TablesCheck;
import org.tributary.edge.doctor.TimeZoneCheck;
import org.tributary.edge.doctor.TlsCheck;
import org.tributary.edge.http.LinkSecurity;
import org.tributary.edge.http.NotLetInException;
import org.tributary.edge.ssh.SshExamination;
import org.tributary.edge.ssh.SshSettings;
import org.tributary.store.SourceDatabase;
import org.tributary.store.metadata.OwnMetadata;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Greeting;

/**
 * Joins the checks of a gateway's set-up in their order. Nothing is changed, here or at central.
 */
public final class EdgeDoctor {

  private final String version;
  private final Clock clock;
  private final ZoneId machineZone;
  private final List<Step> steps = new ArrayList<>();
  private final List<SshExamination> ways = new ArrayList<>();

  private EdgeDoctor(String version, Clock clock, ZoneId machineZone) {
    this.version = version;
    this.clock = clock;
    this.machineZone = machineZone;
  }

  /**
   * Checks everything that a push with this configuration needs.
   *
   * @param environment and
   * @param localUrlOverride as {@link EdgeConfig#read} has them
   * @param machineZone the time zone that this machine lives in
   * @param listener hears of each check as soon as it is made
   */
  public static void examine(
      Path file,
      Map<String, String> environment,
      Optional<String> localUrlOverride,
      String version,
      Clock clock,
      ZoneId machineZone,
      Consumer<Examined> listener) {
    EdgeConfig config;
    try {
      config = EdgeConfig.read(file, environment, localUrlOverride);
    } catch (ConfigException e) {
      EdgeDoctor doctor = new EdgeDoctor(version, clock, machineZone);
      doctor.withoutConfiguration(file, e);
      new Doctor(doctor.steps).examine(listener);
      return;
    }
    examine(config, version, clock, machineZone, listener);
  }

  /** The same with a configuration that has been read. */
  public static void examine(
      EdgeConfig config,
      String version,
      Clock clock,
      ZoneId machineZone,
      Consumer<Examined> listener) {
    EdgeDoctor doctor = new EdgeDoctor(version, clock, machineZone);
    try (SourceDatabase local = new SourceDatabase(config.local(), config.wallClock())) {
      doctor.withConfiguration(config, local);
      new Doctor(doctor.steps).examine(listener);
    } finally {
      doctor.ways.forEach(SshExamination::close);
    }
  }

  private void withoutConfiguration(Path file, ConfigException failure) {
    Check configuration =
        new ConfigurationCheck(Optional.empty(), Optional.empty(), failure.problems());
    add("Configuration", Area.CONFIGURATION, configuration);
    add("Local database", Area.LOCAL_DATABASE, Foregone.unknown("local database"), configuration);
    add("Remotes", Area.REMOTE, Foregone.unknown("remotes"), configuration);
    machine(EdgeFiles.of(file));
  }

  private void withConfiguration(EdgeConfig config, SourceDatabase local) {
    GatewayIdentity identity = GatewayIdentity.of(config, version);
    add(
        "Configuration",
        Area.CONFIGURATION,
        new ConfigurationCheck(Optional.of(config), Optional.of(identity.id()), List.of()));
    localDatabase(local, config);
    EdgeFiles files = EdgeFiles.of(config);
    config.remotes().forEach(remote -> remote(remote, identity, files));
    machine(files);
    config
        .statusListen()
        .ifPresent(page -> add("This machine", Area.MACHINE, new StatusPageCheck(page)));
  }

  private void localDatabase(SourceDatabase local, EdgeConfig config) {
    String section = "Local database";
    Check reachable = new DatabaseCheck(local);
    Optional<Path> file = local.url().file().map(Path::toAbsolutePath);
    add(section, Area.LOCAL_DATABASE, reachable);
    add(section, Area.LOCAL_DATABASE, new TablesCheck(local), reachable);
    if (config.remotes().stream().anyMatch(remote -> remote.terms().takes())) {
      add(
          section,
          Area.LOCAL_DATABASE,
          new MetadataCheck(new OwnMetadata(config.local(), config.wallClock())),
          reachable);
    }
    file.ifPresent(
        path -> add(section, Area.LOCAL_DATABASE, new JournalCheck(local, path), reachable));
    add(section, Area.LOCAL_DATABASE, new NewestReadingCheck(local, clock), reachable);
    add(section, Area.LOCAL_DATABASE, new TimeZoneCheck(local, clock, machineZone), reachable);
    file.map(Path::getParent)
        .ifPresent(folder -> add(section, Area.MACHINE, SpaceCheck.of("disk space", folder)));
  }

  private void remote(RemoteConfig remote, GatewayIdentity identity, EdgeFiles files) {
    String section = "Remote " + remote.name();
    switch (remote.transport()) {
      case AUTO, SYNC, REST -> http(section, remote, identity, files);
      case DIRECT -> direct(section, remote.direct().orElseThrow(), identity);
    }
  }

  private void direct(String section, DirectConfig direct, GatewayIdentity identity) {
    SshSettings ssh = direct.ssh();
    SshExamination way = new SshExamination(ssh, direct.dbHost(), direct.dbPort());
    ways.add(way);
    Check name = new NameCheck(ssh.host());
    Check open =
        new PortCheck(ssh.host(), ssh.port(), "does its SSH server run, and is sshport right?");
    Check hostKey = new HostKeyCheck(way);
    Check signIn = new SignInCheck(way, ssh.user());
    Check forwarding = new ForwardingCheck(way, direct.dbHost(), direct.dbPort());
    Check database = new DatabaseAnswerCheck(way, direct.database().dialect());
    add(section, Area.REMOTE, new KeyFilesCheck(ssh.keys()));
    add(section, Area.REMOTE, name);
    add(section, Area.REMOTE, open, name);
    add(section, Area.REMOTE, hostKey, open);
    add(section, Area.REMOTE, signIn, hostKey);
    add(section, Area.REMOTE, forwarding, signIn);
    add(section, Area.REMOTE, database, forwarding);
    add(
        section,
        Area.REMOTE,
        new RemoteDatabaseCheck(
            direct.database().printable(),
            new TunnelReach(direct),
            direct.createTables(),
            identity.greeting(clock.instant()),
            clock),
        database);
  }

  private void http(
      String section, RemoteConfig remote, GatewayIdentity identity, EdgeFiles files) {
    GatewayId gateway = identity.id();
    URI base = remote.uri().orElseThrow();
    boolean secure = "https".equalsIgnoreCase(base.getScheme());
    String host = base.getHost().replaceAll("[\\[\\]]", "");
    int port = base.getPort() > 0 ? base.getPort() : secure ? 443 : 80;
    RestTransport rest =
        new RestTransport(
            base, gateway, Remotes.security(remote), files.rest(remote.name()), clock);
    Central central =
        new Reached(
            new SyncTransport(base, gateway, Remotes.security(remote)),
            identity.greeting(clock.instant()),
            remote.transport() == TransportKind.SYNC ? Optional.empty() : Optional.of(rest));
    Check name = new NameCheck(host);
    Check open = new PortCheck(host, port, "is central running, and is the port in url right?");
    Check greeting =
        remote.transport() == TransportKind.REST
            ? new RestCheck(central, rest.address())
            : new GreetingCheck(central, gateway);
    add(section, Area.REMOTE, name);
    add(section, Area.REMOTE, open, name);
    if (secure) {
      Check tls = new TlsCheck(host, port, remote.http().trust(), clock);
      add(section, Area.REMOTE, tls, open);
      add(section, Area.REMOTE, greeting, tls);
    } else if (LinkSecurity.isExposed(base)) {
      Check plain = new PlainHttpCheck(remote.http().insecure());
      add(section, Area.REMOTE, plain);
      add(section, Area.REMOTE, greeting, open, plain);
    } else {
      add(section, Area.REMOTE, greeting, open);
    }
    add(section, Area.CLOCK, new ClockCheck(central, clock), greeting);
  }

  private void machine(EdgeFiles files) {
    String section = "This machine";
    add(section, Area.MACHINE, new PushFolderCheck(files.folder()));
    add(section, Area.MACHINE, new RunningPushCheck(() -> InstanceLock.isHeld(files.lock())));
    Path parent = files.folder().getParent();
    if (parent != null && steps.stream().noneMatch(step -> looksAtSpaceIn(parent, step))) {
      add(section, Area.MACHINE, SpaceCheck.of("disk space", parent));
    }
  }

  private static boolean looksAtSpaceIn(Path folder, Step step) {
    return step.check() instanceof SpaceCheck space && space.folder().equals(folder);
  }

  private void add(String section, Area area, Check check, Check... needs) {
    steps.add(new Step(section, area, check, List.of(needs)));
  }

  /** A central that is asked over HTTP. */
  private record Reached(SyncTransport transport, Greeting greeting, Optional<RestTransport> rest)
      implements Central {
    @Override
    public HealthAnswer health() throws IOException {
      return transport.health();
    }

    @Override
    public Optional<GatewayStatus> gateway() throws IOException {
      try {
        return transport.status();
      } catch (RefusedException e) {
        throw new NotLetInException(String.valueOf(e.getMessage()));
      }
    }

    @Override
    public NameAnswer name() throws IOException {
      try {
        return new NameAnswer(Optional.empty(), transport.tryGreeting(greeting));
      } catch (RefusedException e) {
        return new NameAnswer(Optional.of(String.valueOf(e.getMessage())), Optional.empty());
      }
    }

    @Override
    public Optional<Integer> restSensorTypes() {
      return rest.flatMap(RestTransport::sensorTypes);
    }
  }
}
