package org.tributary.edge.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.store.ingest.Conflict;
import org.tributary.wire.CentralId;
import org.tributary.wire.GatewayId;
import org.tributary.wire.LocalId;
import org.tributary.wire.Tables;

class ConflictFileTest {

  private static final GatewayId GATEWAY = new GatewayId("house-17");
  private static final Instant NOW = Instant.parse("2026-11-26T10:02:11Z");

  @TempDir Path folder;

  @Test
  void add_ofTheSameTwice_keepsItOnceWithBothVersions() throws Exception {
    ConflictFile file = file();
    Conflict time = conflict("endDate", NOW.minusSeconds(1), null);
    Conflict name = conflict("address", "The Mill", "1a Mill Lane");

    file.add(List.of(time));
    file.add(List.of(time, name));

    assertThat(file.all())
        .extracting(Conflict::id, Conflict::versions)
        .containsExactly(tuple(1L, time.versions()), tuple(2L, name.versions()));
  }

  @Test
  void add_beyondWhatIsKept_dropsTheOldest() throws Exception {
    List<Conflict> many = new ArrayList<>();
    for (int i = 0; i <= ConflictFile.MOST; i++) {
      many.add(conflict("address", "version " + i, "there"));
    }

    file().add(many);

    assertThat(file().all()).hasSize(ConflictFile.MOST);
    assertThat(file().all().get(0).versions().gateway()).isEqualTo("version 1");
    assertThat(file().all().get(0).id()).as("its number stays").isEqualTo(2);
  }

  @Test
  void choose_keepsBothVersionsAndWhoChose_andTheSameIsAnotherOneFromThenOn() throws Exception {
    Conflict name = conflict("address", "The Mill", "1a Mill Lane");
    Conflict.Choice choice = new Conflict.Choice(Conflict.Side.GATEWAY, "ann", NOW);
    file().add(List.of(name));

    file().choose(1, choice);
    file().add(List.of(name));

    assertThat(file().all())
        .extracting(Conflict::id, Conflict::versions, Conflict::chosen)
        .containsExactly(
            tuple(1L, name.versions(), Optional.of(choice)),
            tuple(2L, name.versions(), Optional.empty()));
  }

  @Test
  void all_ofADamagedFile_leavesOutThatLineOnly() throws Exception {
    file().add(List.of(conflict("address", "The Mill", "1a Mill Lane")));
    Files.writeString(file().path(), "{\"noti\n" + Files.readString(file().path()));

    assertThat(file().all()).hasSize(1);
  }

  private ConflictFile file() {
    return new ConflictFile(folder.resolve("a.conflicts"), GATEWAY);
  }

  private static Conflict conflict(String column, @Nullable Object here, @Nullable Object there) {
    return new Conflict(
        0,
        GATEWAY,
        Tables.HOUSE,
        new LocalId(5),
        new CentralId(12),
        Conflict.Kind.EDITED,
        column,
        new Conflict.Versions(null, here, there),
        Conflict.Side.CENTRAL,
        "central",
        NOW,
        Optional.empty());
  }
}
