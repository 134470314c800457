package org.tributary.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.SourceDatabase;
import org.tributary.store.TableWriter;
import org.tributary.wire.Rows;
import org.tributary.wire.Tables;

/**
 * Counts what comparing and mending cost on the wire, headers and all: a cycle with nothing to say,
 * a verification of everything, and the repair after one row in a hundred was damaged at central.
 * Argument: the number of readings (default 1,000,000), or {@code --year} for what {@code datagen}
 * makes of a year of one house, some nine million, which is verified but not damaged. Run it by
 * {@code bench/repair.sh}.
 */
public final class RepairBenchmark {

  /** Time, node, type, location, value, as they stand in columns. */
  private static final int BYTES_OF_A_ROW = 8 + 4 + 4 + 4 + 8;

  private static final List<String> YEAR =
      List.of("--houses", "1", "--nodes", "26", "--days", "365", "--gap", "5m");

  private RepairBenchmark() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    boolean isYear = args.length > 0 && args[0].equals("--year");
    long readings = args.length > 0 && !isYear ? Long.parseLong(args[0]) : 1_000_000;
    Path folder = Files.createTempDirectory("tributary-bench-");
    Process central = null;
    try {
      DatabaseUrl gateway = DatabaseUrl.parse("sqlite:///gateway.db", folder);
      long stored =
          isYear
              ? year(folder, gateway)
              : GatewayDatabase.fill(gateway, RealReadings.all(Path.of("data")), readings);
      int port;
      try (ServerSocket free = new ServerSocket(0)) {
        port = free.getLocalPort();
      }
      central =
          java(
              folder,
              "serve",
              "--db",
              "sqlite:///central.db",
              "--listen",
              "127.0.0.1:" + port,
              "--auth",
              "off");
      await(port);
      try (CountingProxy proxy = new CountingProxy(port)) {
        Files.writeString(
            folder.resolve("push.conf"),
            """
            [general]
            localurl = sqlite:///gateway.db
            gateway = bench
            [locations]
            central = 1
            [central]
            url = http://127.0.0.1:%d/
            """
                .formatted(proxy.port()));
        measure(
            proxy,
            folder,
            stored + " readings and their node states, the first push",
            "push",
            "--once");
        measure(proxy, folder, "a cycle with nothing to say", "push", "--once");
        measure(proxy, folder, "verify", "verify");
        if (isYear) {
          measure(proxy, folder, "verify once more", "verify");
          return;
        }
        long damaged = damage(DatabaseUrl.parse("sqlite:///central.db", folder));
        long up =
            measure(
                proxy,
                folder,
                "verify --repair after " + damaged + " readings were damaged",
                "verify",
                "--repair");
        System.out.printf(
            Locale.ROOT,
            "that is %.1f bytes sent for each, %.2f times its %d bytes%n",
            (double) up / damaged,
            (double) up / damaged / BYTES_OF_A_ROW,
            BYTES_OF_A_ROW);
        measure(proxy, folder, "verify afterwards", "verify");
      }
    } finally {
      if (central != null) {
        central.destroy();
        central.waitFor();
      }
      Programs.delete(folder);
    }
  }

  /** Makes a year of a house up; how many readings that is. */
  private static long year(Path folder, DatabaseUrl gateway)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("datagen", "--db", "sqlite:///gateway.db"));
    words.addAll(YEAR);
    if (java(folder, words.toArray(String[]::new)).waitFor() != 0) {
      throw new IllegalStateException("Nothing was made: see " + folder.resolve("out.log"));
    }
    try (SourceDatabase made = new SourceDatabase(gateway)) {
      System.out.printf(
          Locale.ROOT, "%,d node states%n", made.countAfter(Tables.NODE_STATE, Optional.empty()));
      return made.countAfter(Tables.READING, Optional.empty());
    }
  }

  private static long measure(CountingProxy proxy, Path folder, String what, String... command)
      throws IOException, InterruptedException {
    proxy.takeUp();
    proxy.takeDown();
    List<String> words = new ArrayList<>(Arrays.asList(command));
    words.addAll(List.of("--config", "push.conf"));
    long begun = System.nanoTime();
    int exit = java(folder, words.toArray(String[]::new)).waitFor();
    long up = proxy.takeUp();
    System.out.printf(
        Locale.ROOT,
        "%s: %,d bytes sent, %,d received, %.1f s, ended with %d%n",
        what,
        up,
        proxy.takeDown(),
        (System.nanoTime() - begun) / 1e9,
        exit);
    return up;
  }

  /** Changes or deletes one reading in a hundred. */
  private static long damage(DatabaseUrl url) throws IOException {
    Random random = new Random(1);
    List<Rows> edited = new ArrayList<>();
    List<Rows> deleted = new ArrayList<>();
    long[] count = {0};
    try (SourceDatabase source = new SourceDatabase(url)) {
      var page = source.readAfter(Tables.READING, Optional.empty(), Optional.empty(), 50_000);
      while (!page.rows().isEmpty()) {
        Rows rows = page.rows();
        Rows.Builder edits = new Rows.Builder(Tables.READING, rows.columns(), 500);
        boolean[] hit = new boolean[rows.size()];
        for (int row = 0; row < rows.size(); row++) {
          if (random.nextInt(100) == 0) {
            count[0]++;
            if (random.nextBoolean()) {
              edits.row(
                  rows.value("time", row),
                  rows.value("nodeId", row),
                  rows.value("type", row),
                  rows.value("locationId", row),
                  random.nextDouble());
            } else {
              hit[row] = true;
            }
          }
        }
        edited.add(edits.build());
        deleted.add(rows.where(row -> hit[row]));
        page = source.readAfter(Tables.READING, page.cursor(), Optional.empty(), 50_000);
      }
    }
    try (Database database = Database.open(url, Access.WRITE)) {
      database.write(
          connection -> {
            TableWriter writer = new TableWriter(database.engine(), Tables.READING);
            for (Rows rows : edited) {
              writer.upsert(connection, rows);
            }
            for (Rows rows : deleted) {
              writer.delete(connection, rows);
            }
            return true;
          });
    }
    return count[0];
  }

  private static Process java(Path folder, String... command) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Xmx256m", "-jar"));
    words.add(Path.of("cli/target/tributary.jar").toAbsolutePath().toString());
    words.addAll(Arrays.asList(command));
    return new ProcessBuilder(words)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out.log").toFile()))
        .start();
  }

  private static void await(int port) throws InterruptedException {
    for (int i = 0; i < 2_400; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    throw new IllegalStateException("Central did not start");
  }
}
