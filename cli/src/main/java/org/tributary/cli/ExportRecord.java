package org.tributary.cli;

import java.time.Clock;
import org.tributary.store.Access;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.StoreException;
import org.tributary.store.access.AccessDesk;
import org.tributary.store.access.Act;
import picocli.CommandLine;

/** Writes down who took readings out of central. */
final class ExportRecord {

  private ExportRecord() {}

  /**
   * Writes it down; where that can't be done, because the database may only be read for example, it
   * is said and the export stands.
   *
   * @param house its id at central
   * @param detail which days, and how many rows
   */
  static void write(
      DatabaseUrl url, String by, long house, String detail, Clock clock, CommandLine commandLine) {
    try (AccessDesk desk = AccessDesk.open(url, Access.DURABLE, clock)) {
      desk.wrote(by, Act.EXPORT, "House " + house, detail);
    } catch (StoreException e) {
      commandLine
          .getErr()
          .println("It does not stand in the audit trail: " + String.valueOf(e.getMessage()));
      commandLine.getErr().flush();
    }
  }
}
