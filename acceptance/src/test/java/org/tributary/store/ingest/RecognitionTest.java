package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.DEPLOYMENT;
import static org.tributary.wire.Tables.NODE;
import static org.tributary.wire.Tables.SENSOR_TYPE;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.Engine;
import org.tributary.store.OurDatabases;
import org.tributary.wire.Batch;
import org.tributary.wire.Lane;
import org.tributary.wire.MergeTerms;
import org.tributary.wire.Table;

/** Rows about which nothing is to be done cost the same turns, however many they are. */
class RecognitionTest {

  private static final int FEW = 2;
  private static final int MANY = 40;

  @ParameterizedTest
  @EnumSource
  void store_ofRowsThatAreKnown_asksTheDatabaseAsOftenForManyAsForFew(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      for (Table table : List.of(DEPLOYMENT, SENSOR_TYPE, NODE)) {
        gateway.whole(table, rows(table, MANY));

        assertThat(turns(central, gateway, table, MANY))
            .as("%s", table)
            .isEqualTo(turns(central, gateway, table, FEW));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void store_ofRowsThatAreAlikeAtBothEnds_asksTheDatabaseAsOftenForManyAsForFew(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed first = central.gateway("first");
      for (Table table : List.of(DEPLOYMENT, SENSOR_TYPE)) {
        first.whole(table, rows(table, MANY));

        assertThat(turns(central, central.gateway("some"), table, MANY))
            .as("%s", table)
            .isEqualTo(turns(central, central.gateway("others"), table, FEW));
      }
    }
  }

  /** What central changed is brought to the gateway elsewhere. */
  @ParameterizedTest
  @EnumSource
  void store_ofRowsThatCentralChanged_asksTheDatabaseAsOftenForManyAsForFew(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw").merging(MergeTerms.of(true, false, "central"));
      gateway.greet();
      gateway.whole(SENSOR_TYPE, rows(SENSOR_TYPE, MANY));
      central.execute(
          "UPDATE @SensorType@ SET @units@ = 'other' WHERE @id@ >= " + OurDatabases.MADE_UP);

      assertThat(turns(central, gateway, SENSOR_TYPE, MANY))
          .isEqualTo(turns(central, gateway, SENSOR_TYPE, FEW));
    }
  }

  private static Object[][] rows(Table table, int count) {
    IntFunction<Object[]> row =
        table.equals(DEPLOYMENT)
            ? i -> row(i, "D" + i, "described", null, null)
            : table.equals(NODE)
                ? i -> row(i, null, null)
                : i -> row(i, "T" + i, "T", "deg.C", 0.0, 1.0, 0.0, 0.0);
    Object[][] rows = new Object[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = row.apply((int) OurDatabases.MADE_UP + i);
    }
    return rows;
  }

  /** How many turns to the database it takes to store rows of which it has all. */
  private static int turns(Central central, Feed gateway, Table table, int rows) throws Exception {
    Engine engine = central.database.engine();
    MappingJournal journal = new MappingJournal(engine, central.clock);
    MetadataIngest ingest =
        new MetadataIngest(
            engine,
            central.clock,
            journal,
            new SetAsideRows(engine, central.clock),
            new Positions(engine),
            new DecidedRows(engine, central.clock),
            Scope.ANY);
    Batch batch =
        new Batch(
            table,
            Lane.LIVE,
            Optional.empty(),
            Optional.empty(),
            Feed.rows(table, rows(table, rows)),
            List.of());
    AtomicInteger turns = new AtomicInteger();
    MetadataIngest.Outcome outcome =
        central.database.write(
            connection -> {
              Gateway its =
                  new Gateways(engine, central.clock).find(connection, gateway.id).orElseThrow();
              return ingest.store(counted(connection, turns), its, batch);
            });
    assertThat(outcome.apart()).isEmpty();
    assertThat(outcome.stored().unchanged()).isEqualTo(rows);
    return turns.get();
  }

  private static Connection counted(Connection connection, AtomicInteger turns) {
    return (Connection)
        Proxy.newProxyInstance(
            RecognitionTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")
                  || method.getName().equals("setSavepoint")) {
                turns.incrementAndGet();
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
