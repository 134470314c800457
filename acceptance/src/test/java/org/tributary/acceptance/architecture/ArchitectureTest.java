package org.tributary.acceptance.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Date;

/** One rule a line of the architecture's list; CONTRIBUTING.md says why. */
@AnalyzeClasses(packages = "org.tributary", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String WIRE = "org.tributary.wire..";
  private static final String STORE = "org.tributary.store..";
  private static final String EDGE = "org.tributary.edge..";
  private static final String SERVER = "org.tributary.server..";
  private static final String CLI = "org.tributary.cli..";

  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices().matching("org.tributary.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule wire_knowsNoOtherRoom =
      noClasses()
          .that()
          .resideInAPackage(WIRE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(STORE, EDGE, SERVER, CLI);

  @ArchTest
  static final ArchRule wire_knowsNoDatabaseAndNoHttp =
      noClasses()
          .that()
          .resideInAPackage(WIRE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "java.net.http..", "io.javalin..");

  @ArchTest
  static final ArchRule store_knowsNoHttpAndNeitherEnd =
      noClasses()
          .that()
          .resideInAPackage(STORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              EDGE, SERVER, CLI, "java.net.http..", "io.javalin..", "org.eclipse.jetty..");

  @ArchTest
  static final ArchRule edgeAndServer_neverMeet =
      noClasses()
          .that()
          .resideInAPackage(EDGE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SERVER, CLI);

  @ArchTest
  static final ArchRule serverAndEdge_neverMeet =
      noClasses()
          .that()
          .resideInAPackage(SERVER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(EDGE, CLI);

  @ArchTest
  static final ArchRule pusherAndLoop_knowNoDatabaseAndNoHttp =
      noClasses()
          .that()
          .haveSimpleNameStartingWith("Push")
          .and()
          .resideInAPackage(EDGE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "java.net.http..");

  @ArchTest
  static final ArchRule onlyStore_knowsSql =
      noClasses()
          .that()
          .resideInAnyPackage(WIRE, EDGE, SERVER, CLI)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..");

  @ArchTest
  static final ArchRule nobody_asksTheSystemForTheTime =
      noClasses()
          .that(not(resideInAPackage(CLI)))
          .and()
          .resideOutsideOfPackages("org.tributary.bench..", "org.tributary.testbed..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callConstructor(Date.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone");

  @ArchTest
  static final ArchRule nobody_sleeps =
      noClasses()
          .that()
          .resideInAnyPackage(WIRE, STORE, EDGE, SERVER)
          .should()
          .callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule classes_areNamedAfterTheTrade =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?$")
          .orShould()
          .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..");

  @ArchTest
  static final ArchRule http_hasOneDoor =
      oneDoor("org.tributary.server.http.HttpServer", "io.javalin..");

  @ArchTest
  static final ArchRule httpServer_hasOneDoor =
      noClasses()
          .that()
          .haveNameNotMatching(
              "org\\.tributary\\.server\\.http\\.(HttpServer|Listening|ConnectionsOfOne|Lingering|ProblemHandler|TokenInPath|FailureResponses|Tls)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.eclipse.jetty..");

  @ArchTest
  static final ArchRule statusPagesServer_hasOneDoor =
      oneDoor("org.tributary.edge.page.PageServer", "com.sun.net.httpserver..");

  @ArchTest
  static final ArchRule httpClient_isTheEdgesAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage(EDGE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net.http..");

  @ArchTest
  static final ArchRule pages_neverWriteRows =
      noClasses()
          .that()
          .resideInAPackage("org.tributary.server.page..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tributary.store.ingest..");

  @ArchTest
  static final ArchRule templates_haveOneDoor =
      noClasses()
          .that()
          .haveNameNotMatching(
              "org\\.tributary\\.server\\.(page\\.Templates|template\\..*)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("gg.jte..");

  @ArchTest
  static final ArchRule qrCodes_haveOneDoor =
      oneDoor("org.tributary.server.page.QrPicture", "io.nayuki..");

  @ArchTest
  static final ArchRule pool_hasOneDoor = oneDoor("org.tributary.store.Pool", "com.zaxxer..");

  @ArchTest
  static final ArchRule migrations_haveOneDoor =
      oneDoor("org.tributary.store.Schema", "org.flywaydb..");

  @ArchTest
  static final ArchRule csv_hasADoorForSeedsAndOneForReadings =
      noClasses()
          .that()
          .haveNameNotMatching("org\\.tributary\\.store\\.(Schema|export\\.ReadingCsv)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("de.siegmar..");

  @ArchTest
  static final ArchRule json_hasOneDoorAFormat =
      noClasses()
          .that()
          .haveNameNotMatching("org\\.tributary\\.wire\\.(Json|rest\\.RestJson)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule hashing_hasOneDoor =
      oneDoor("org.tributary.wire.RowHash", "com.dynatrace..");

  @ArchTest
  static final ArchRule passwordHashing_hasOneDoor =
      oneDoor("org.tributary.store.access.Passwords", "com.password4j..");

  @ArchTest
  static final ArchRule metrics_haveOneDoor =
      oneDoor("org.tributary.server.metrics.CentralMeters", "io.micrometer..");

  @ArchTest
  static final ArchRule logging_hasOneDoor = oneDoor("org.tributary.cli.Logs", "ch.qos.logback..");

  @ArchTest
  static final ArchRule progressBar_hasOneDoor =
      oneDoor("org.tributary.cli.terminal.MovingProgress", "me.tongfei..");

  @ArchTest
  static final ArchRule sqlite_hasOneDoor = oneDoor("org.tributary.store.Sqlite", "org.sqlite..");

  @ArchTest
  static final ArchRule postgresql_hasOneDoor =
      oneDoor("org.tributary.store.BinaryCopy", "org.postgresql..");

  @ArchTest
  static final ArchRule ssh_hasOneDoor =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.tributary.edge.ssh..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.jcraft..");

  @ArchTest
  static void everyRoom_isLookedAt(JavaClasses all) {
    for (String room : new String[] {WIRE, STORE, EDGE, SERVER, CLI}) {
      assertThat(all.that(resideInAnyPackage(room))).as(room).hasSizeGreaterThan(5);
    }
  }

  private static ArchRule oneDoor(String door, String... library) {
    return noClasses()
        .that()
        .doNotHaveFullyQualifiedName(door)
        .and()
        .haveNameNotMatching(door.replace(".", "\\.") + "\\$.*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library);
  }
}
