package org.tributary.store;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Column;
import org.tributary.wire.Identity;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** Creates and upgrades databases that are ours, by versioned migrations, and seeds them. */
public final class Schema {

  private static final String HISTORY = "tributary_schema";
  private static final List<Table> SEEDED =
      List.of(Tables.SENSOR_TYPE, Tables.NODE_TYPE, Tables.ROOM_TYPE, Tables.ROOM);

  private Schema() {}

  /**
   * Brings a database to the newest revision and seeds what is missing. May be run again at any
   * time.
   *
   * @throws StoreException if it can't be reached, or if it has tables that are not ours
   */
  public static void upgrade(Database database) throws StoreException {
    lookBeforeWriting(database.url());
    database.ping();
    try {
      flyway(database, Access.DURABLE).migrate();
    } catch (FlywayException e) {
      throw new StoreException(
          Trouble.OTHER,
          database.url().printable()
              + " could not be brought to this program's revision: "
              + DatabaseUrl.redact(String.valueOf(e.getMessage())),
          e);
    }
    database.write(
        connection -> {
          seed(connection, database.engine());
          return true;
        });
  }

  /**
   * Which revision a database of ours is of, and which would be the newest; only looks.
   *
   * @param version the revision it is of
   * @param newest the one that this program knows
   */
  public record Version(String version, String newest) {
    public boolean isNewest() {
      return version.equals(newest);
    }
  }

  /** Which revision a database of ours is of; changes nothing. */
  public static Version version(Database database) throws StoreException {
    database.ping();
    try {
      MigrationInfoService info = flyway(database, Access.READ_ONLY).info();
      MigrationInfo[] all = info.all();
      MigrationInfo current = info.current();
      return new Version(
          current == null ? "0" : String.valueOf(current.getVersion()),
          String.valueOf(all[all.length - 1].getVersion()));
    } catch (FlywayException e) {
      throw new StoreException(
          Trouble.OTHER,
          database.url().printable()
              + " does not say of which revision it is: "
              + DatabaseUrl.redact(String.valueOf(e.getMessage())),
          e);
    }
  }

  private static Flyway flyway(Database database, Access access) {
    return Flyway.configure(Schema.class.getClassLoader())
        .dataSource(new EngineDataSource(database.engine(), database.url(), access))
        .locations(
            database.engine().migrations().stream()
                .map(folder -> "classpath:org/tributary/store/" + folder)
                .toArray(String[]::new))
        .table(HISTORY)
        .placeholders(database.engine().schemaWords())
        // Other programs' tables may stand beside ours; refuseForeign has looked at them.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .loggers("slf4j")
        .load();
  }

  // Opening a SQLite file for writing sets its journal mode: not in somebody else's.
  private static void lookBeforeWriting(DatabaseUrl url) throws StoreException {
    if (url.file().isPresent() && !Files.exists(url.file().get())) {
      return;
    }
    try (Database database = Database.open(url, Access.READ_ONLY)) {
      refuseForeign(database.reflect(), url);
    }
  }

  /** Whether these tables were made by {@link #upgrade}. */
  public static boolean isOurs(Reflection reflection) {
    return reflection.table(HISTORY).isPresent();
  }

  /** Whether there are tables of a sensor database, made by somebody else. */
  public static boolean isForeign(Reflection reflection) {
    return !isOurs(reflection) && !sensorTables(reflection).isEmpty();
  }

  /** Whether that table says which migrations were run. */
  static boolean isHistory(String table) {
    return table.equalsIgnoreCase(HISTORY);
  }

  private static List<String> sensorTables(Reflection reflection) {
    return Tables.ALL.stream()
        .map(Table::name)
        .filter(name -> reflection.table(name).isPresent())
        .toList();
  }

  private static void refuseForeign(Reflection reflection, DatabaseUrl url) throws StoreException {
    if (isForeign(reflection)) {
      throw new StoreException(
          Trouble.OTHER,
          url.printable()
              + " already has tables of a sensor database that this program did not make ("
              + String.join(", ", sensorTables(reflection))
              + "). Give central a database of its own; such a database can be pushed from as it"
              + " is, and tributary db upgrade brings it to the latest revision of its own programs,"
              + " but does not make it central's.");
    }
  }

  /** Seeds tables that have just been emptied, in whatever columns they have. */
  static void seedAnew(Connection connection, Engine engine, Reflection reflection)
      throws SQLException {
    for (Table table : SEEDED) {
      List<Column> present =
          reflection.table(table.name()).map(actual -> actual.present(table)).orElse(List.of());
      if (!present.isEmpty()) {
        Rows rows = seedRows(table);
        Rows.Builder some = new Rows.Builder(table, present, rows.size());
        for (int row = 0; row < rows.size(); row++) {
          for (int i = 0; i < present.size(); i++) {
            some.add(i, rows.value(present.get(i).name(), row));
          }
          some.endRow();
        }
        new TableWriter(engine, table).insertNew(connection, some.build());
      }
    }
    engine.resumeIds(
        connection,
        Stream.of(Tables.ROOM_TYPE, Tables.ROOM)
            .flatMap(table -> reflection.table(table.name()).stream())
            .map(SourceTable::name)
            .toList());
  }

  private static void seed(Connection connection, Engine engine) throws SQLException {
    for (Table table : SEEDED) {
      Rows rows = seedRows(table);
      TableWriter writer = new TableWriter(engine, table);
      for (int row = 0; row < rows.size(); row++) {
        Rows one = rows.slice(row, row + 1);
        long id = one.longAt(one.indexOf(Table.ID), 0);
        if (writer.byId(connection, id).isEmpty()) {
          seedRow(connection, engine, writer, table, one);
        }
      }
    }
    engine.resumeIds(connection, List.of(Tables.ROOM_TYPE.name(), Tables.ROOM.name()));
  }

  /** Inserts a row, unless it is there under another id or belongs to something that is not. */
  private static void seedRow(
      Connection connection, Engine engine, TableWriter writer, Table table, Rows one)
      throws SQLException {
    boolean named =
        table.identity() == Identity.NATURAL_KEY
            && !writer
                .find(
                    connection,
                    Collections.singletonMap(table.require("name"), one.value("name", 0)))
                .isEmpty();
    if (!named && hasParents(connection, engine, one)) {
      writer.insertNew(connection, one);
    }
  }

  private static boolean hasParents(Connection connection, Engine engine, Rows one)
      throws SQLException {
    for (int i = 0; i < one.columns().size(); i++) {
      Optional<Table> parent = one.columns().get(i).references().flatMap(Tables::named);
      if (parent.isPresent()
          && new TableWriter(engine, parent.get()).byId(connection, one.longAt(i, 0)).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Whether a new database begins with rows of that table. */
  static boolean isSeeded(Table table) {
    return SEEDED.contains(table);
  }

  /** The rows of a table that every sensor database begins with. */
  public static Rows seeds(Table table) {
    return seedRows(table);
  }

  private static Rows seedRows(Table table) {
    String resource = "seed/" + table.name() + ".csv";
    try (InputStream stream =
            Objects.requireNonNull(Schema.class.getResourceAsStream(resource), resource);
        CsvReader<NamedCsvRecord> csv =
            CsvReader.builder()
                .ofNamedCsvRecord(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      List<Column> columns = new ArrayList<>(table.travelling());
      Rows.Builder rows = new Rows.Builder(table, columns, 64);
      for (NamedCsvRecord record : csv) {
        for (int i = 0; i < columns.size(); i++) {
          rows.add(i, cell(columns.get(i), record.getField(columns.get(i).name())));
        }
        rows.endRow();
      }
      return rows.build();
    } catch (IOException e) {
      throw new UncheckedIOException("Our own resource " + resource, e);
    }
  }

  private static @Nullable Object cell(Column column, String field) {
    if (field.isEmpty()) {
      // An empty unit is a unit: the only empty texts among the seeded rows.
      return column.name().equals("units") ? "" : null;
    }
    return switch (column.type()) {
      case INTEGER -> Long.valueOf(field);
      case REAL -> Double.valueOf(field);
      case BOOLEAN -> field.equals("1");
      case TEXT -> field;
      case TIME -> LocalDateTime.parse(field).toInstant(ZoneOffset.UTC);
    };
  }
}
