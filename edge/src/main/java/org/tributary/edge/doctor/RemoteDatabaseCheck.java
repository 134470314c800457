package org.tributary.edge.doctor;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.tributary.edge.direct.Inspection;
import org.tributary.edge.direct.NoWayException;
import org.tributary.edge.direct.Reach;
import org.tributary.store.StoreException;
import org.tributary.store.Trouble;
import org.tributary.store.direct.UnfitException;
import org.tributary.wire.Greeting;

/**
 * Whether a database that is pushed straight into lets us in, has tables that take what is pushed,
 * and lets us write them.
 *
 * @param address of the database, without secrets
 * @param greeting what a push would say; it is only tried
 */
public record RemoteDatabaseCheck(
    String address, Reach reach, boolean createTables, Greeting greeting, Clock clock)
    implements Check {

  @Override
  public String name() {
    return "tables";
  }

  @Override
  public List<Finding> look() {
    try {
      return found(Inspection.of(reach, createTables, greeting, clock));
    } catch (UnfitException e) {
      return List.of(
          Finding.refusal(
              String.valueOf(e.getMessage()),
              "nothing is pushed there until its tables are as they should be"));
    } catch (NoWayException e) {
      return List.of(Finding.refusal(String.valueOf(e.getMessage()), ""));
    } catch (IOException e) {
      String words = String.valueOf(e.getMessage());
      return List.of(
          e instanceof StoreException denied && denied.trouble() == Trouble.DENIED
              ? Finding.refusal(
                  words, "mend the user, the password or the database's name in dbstring")
              : Finding.problem(words, "start it, or mend dbhost and dbport"));
    }
  }

  private List<Finding> found(Inspection inspection) {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok(address + " lets us in, and its tables take what is pushed"));
    inspection
        .refusal()
        .ifPresent(
            why ->
                findings.add(
                    Finding.refusal(
                        why, "nothing is lost: rows wait here until somebody decides")));
    for (String each : inspection.otherwise()) {
      findings.add(
          Finding.warning(
              each,
              "values that can't be held there are set aside; whoever owns the database may widen"
                  + " its columns, and \"tributary db upgrade\" adds missing ones"));
    }
    for (String right : inspection.lackingRights()) {
      findings.add(
          Finding.refusal(
              "whoever signs in there lacks a right: " + right,
              "GRANT it to the user that dbstring names"));
    }
    if (inspection.keepsBooks()) {
      findings.add(Finding.ok("our tables are there"));
    } else if (createTables) {
      findings.add(Finding.ok("our tables are made there by the first push"));
    } else {
      findings.add(
          Finding.warning(
              "create_tables = no: how far both sides were compared is known for one connection"
                  + " only",
              "create_tables = yes keeps it there, in tables named tributary_…"));
    }
    return findings;
  }
}
