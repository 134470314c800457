package org.tributary.edge.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tributary.store.ingest.Conflict;
import org.tributary.testbed.disk.DiskTrial;
import org.tributary.testbed.disk.Keeper;
import org.tributary.wire.CentralId;
import org.tributary.wire.GatewayId;
import org.tributary.wire.LocalId;
import org.tributary.wire.Tables;

class ConflictFileDiskTest extends DiskTrial<List<Conflict>> {

  private static final long SEED = Long.getLong("tributary.seed", 20150803L);
  private static final GatewayId GATEWAY = new GatewayId("house-17");
  private static final Instant NOW = Instant.parse("2026-11-26T10:02:11Z");

  private record Open(ConflictFile file) implements Keeper<List<Conflict>> {

    @Override
    public void write(List<Conflict> before, List<Conflict> value) throws IOException {
      file.add(value);
    }

    @Override
    public List<Conflict> read() throws IOException {
      return file.all();
    }
  }

  ConflictFileDiskTest() {
    super(List.of());
  }

  @Override
  protected List<Conflict> next(List<Conflict> before, Random random) {
    List<Conflict> all = new ArrayList<>(before);
    all.add(
        new Conflict(
            all.size() + 1,
            GATEWAY,
            Tables.HOUSE,
            new LocalId(5),
            new CentralId(12),
            Conflict.Kind.EDITED,
            "address",
            new Conflict.Versions(null, "Mühle ".repeat(random.nextInt(40)) + all.size(), "there"),
            Conflict.Side.CENTRAL,
            "central",
            NOW,
            Optional.empty()));
    return all;
  }

  @Override
  protected Keeper<List<Conflict>> start(Path folder) {
    return new Open(new ConflictFile(folder.resolve("a.conflicts"), GATEWAY));
  }

  @Test
  void add_whereverThePowerIsCut_leavesTheOldOnesOrAll() throws Exception {
    cutPower(SEED, 2_000);
  }

  @Test
  void add_whereverTheDiskFails_saysSoAndLosesNothing() throws Exception {
    for (int i = 0; i < 50; i++) {
      assertThat(failEverywhere(SEED + i)).isGreaterThan(5);
    }
  }
}
