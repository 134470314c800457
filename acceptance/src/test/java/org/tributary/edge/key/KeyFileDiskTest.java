package org.tributary.edge.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tributary.testbed.disk.DiskTrial;
import org.tributary.testbed.disk.Keeper;
import org.tributary.wire.Credential;
import org.tributary.wire.GatewayId;

/** A change of keys goes on wherever it was broken off, if none of its halves is lost. */
class KeyFileDiskTest extends DiskTrial<GatewayKey> {

  private static final long SEED = Long.getLong("tributary.seed", 20150803L);
  private static final Instant NOW = Instant.parse("2026-11-26T10:02:11Z");
  private static final SecureRandom CHANCE = new SecureRandom();

  private record Open(KeyFile file) implements Keeper<GatewayKey> {

    @Override
    public void write(GatewayKey before, GatewayKey value) throws IOException {
      file.write(value);
    }

    @Override
    public GatewayKey read() throws IOException {
      return file.read();
    }
  }

  KeyFileDiskTest() {
    super(GatewayKey.NONE);
  }

  @Override
  protected GatewayKey next(GatewayKey before, Random random) {
    return before.next().isPresent()
        ? before.changed(new GatewayId("house-17"), NOW)
        : before.awaiting(Credential.random(CHANCE));
  }

  @Override
  protected Keeper<GatewayKey> start(Path folder) {
    return new Open(KeyFile.of(folder, URI.create("http://central.example/")));
  }

  @Test
  void write_whereverThePowerIsCut_leavesTheOldKeyOrTheNewOne() throws Exception {
    cutPower(SEED, 2_000);
  }

  @Test
  void write_whereverTheDiskFails_saysSoAndLosesNothing() throws Exception {
    for (int i = 0; i < 50; i++) {
      assertThat(failEverywhere(SEED + i)).isGreaterThan(5);
    }
  }
}
