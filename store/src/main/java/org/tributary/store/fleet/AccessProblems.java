package org.tributary.store.fleet;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tributary.store.DurationWords;
import org.tributary.store.Engine;
import org.tributary.store.report.Query;

/**
 * Tokens that end soon, codes that nobody used, and gateways that were let in and never came. Keys
 * of gateways don't end by themselves.
 */
record AccessProblems(Engine engine, Instant now) {

  private static final Duration SOON = Duration.ofDays(14);
  private static final Duration LATELY = Duration.ofDays(7);
  private static final Duration PATIENCE = Duration.ofHours(1);

  List<Problem> all(Connection connection) throws SQLException {
    List<Problem> all = new ArrayList<>(tokens(connection));
    all.addAll(codes(connection));
    all.addAll(neverCame(connection));
    return all;
  }

  private List<Problem> tokens(Connection connection) throws SQLException {
    return new Query(
            engine,
            """
            SELECT holder, expires, role
            FROM tributary_key
            WHERE revoked IS NULL AND expires > ? AND expires < ?
            ORDER BY expires
            """)
        .with(now.minus(LATELY))
        .with(now.plus(SOON))
        .all(connection, row -> token(row.text(1).orElse(""), row.time(2), row.text(3).orElse("")));
  }

  private Problem token(String holder, Instant expires, String role) {
    boolean isOver = !expires.isAfter(now);
    return new Problem(
        ProblemKind.TOKEN_ENDING,
        isOver
            ? "The token %s ended %s ago"
                .formatted(holder, DurationWords.of(Duration.between(expires, now)))
            : "The token %s ends in %s"
                .formatted(holder, DurationWords.of(Duration.between(now, expires))),
        isOver ? Optional.of(expires) : Optional.empty(),
        List.of(),
        List.of(),
        0,
        "Nothing is lost; whoever uses it is refused from then on.",
        "If it is still needed, make another one, and put it in the place of this one.",
        List.of(
            "tributary token add NAME --role %s --for 365d --db URL"
                .formatted(role.toLowerCase(Locale.ROOT))));
  }

  private List<Problem> neverCame(Connection connection) throws SQLException {
    return new Query(
            engine,
            """
            SELECT k.holder, MIN(k.created)
            FROM tributary_key k
            LEFT JOIN tributary_gateway g ON g.name = k.holder
            WHERE k.role = 'GATEWAY' AND k.revoked IS NULL AND g.id IS NULL
            GROUP BY k.holder
            HAVING MIN(k.created) < ?
            ORDER BY MIN(k.created), k.holder
            """)
        .with(now.minus(PATIENCE))
        .all(connection, row -> neverCame(row.text(1).orElse(""), row.time(2)));
  }

  private Problem neverCame(String gateway, Instant since) {
    return new Problem(
        ProblemKind.NEVER_CAME,
        "%s was let in %s ago, and has not sent anything yet"
            .formatted(gateway, DurationWords.of(Duration.between(since, now))),
        Optional.of(since),
        List.of(gateway),
        List.of(),
        0,
        "Nothing is lost: what it records waits there.",
        "See whether its push runs; then, at the gateway:",
        List.of("tributary status --config FILE", "tributary doctor --config FILE"));
  }

  private List<Problem> codes(Connection connection) throws SQLException {
    return new Query(
            engine,
            """
            SELECT gateway, created, expires
            FROM tributary_enrolment
            WHERE redeemed IS NULL AND withdrawn IS NULL AND created < ? AND expires > ?
            ORDER BY created
            """)
        .with(now.minus(PATIENCE))
        .with(now.minus(LATELY))
        .all(connection, row -> code(row.text(1).orElse(""), row.time(2), row.time(3)));
  }

  private Problem code(String gateway, Instant created, Instant expires) {
    boolean isOver = !expires.isAfter(now);
    return new Problem(
        ProblemKind.CODE_UNUSED,
        "The code that %s was given %s ago was not used%s"
            .formatted(
                gateway,
                DurationWords.of(Duration.between(created, now)),
                isOver ? ", and holds no longer" : ""),
        Optional.of(created),
        List.of(gateway),
        List.of(),
        0,
        "Nothing is lost; until it is known here the gateway can't send.",
        isOver
            ? "Give out another one, and run the line that it prints at the gateway."
            : "Run the line that came with it at the gateway, or give out another one.",
        List.of("tributary gateway add %s --db URL".formatted(gateway)));
  }
}
