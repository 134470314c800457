package org.tributary.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.ingest.SetAsideFilter;
import org.tributary.wire.Rule;
import org.tributary.wire.rest.RestTables;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which database, and which of the rows set aside in it. */
final class SetAsideOptions {

  @Mixin private CentralOption central = new CentralOption();

  @Option(names = "--gateway", paramLabel = "NAME", description = "Only this gateway's rows.")
  private @Nullable String gateway;

  @Option(names = "--table", paramLabel = "TABLE", description = "Only rows of this table.")
  private @Nullable String table;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      description = "Only rows set aside by this rule, such as clock-untrusted.")
  private @Nullable String rule;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Only rows stamped then or later: 2026-10-25 or 2026-10-25T01:30:00Z, UTC.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Only rows stamped before that.")
  private @Nullable String to;

  DatabaseUrl database() throws UsageException {
    return central.url();
  }

  SetAsideFilter filter() throws UsageException {
    return new SetAsideFilter(
        gateway == null ? Optional.empty() : Optional.of(GatewayOption.named(gateway)),
        table == null ? Optional.empty() : Optional.of(tableNamed(table)),
        rule == null ? Optional.empty() : Optional.of(ruleNamed(rule)),
        from == null ? Optional.empty() : Optional.of(time("--from", from)),
        to == null ? Optional.empty() : Optional.of(time("--to", to)));
  }

  private static String tableNamed(String text) throws UsageException {
    List<String> names = RestTables.ALL.stream().map(each -> each.table().name()).toList();
    return names.stream()
        .filter(text::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "--table: there is no %s; expected one of %s"
                        .formatted(text, String.join(", ", names))));
  }

  private static Rule ruleNamed(String text) throws UsageException {
    String wanted = text.strip().replace('-', '_').replace(' ', '_').toUpperCase(Locale.ROOT);
    return Arrays.stream(Rule.values())
        .filter(each -> each.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "--rule: there is no %s; expected one of %s"
                        .formatted(
                            text,
                            String.join(
                                ", ",
                                Arrays.stream(Rule.values())
                                    .map(SetAsideOptions::word)
                                    .toList()))));
  }

  /** A rule as it is written on the command line. */
  private static String word(Rule rule) {
    return rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Instant time(String option, String text) throws UsageException {
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
          : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new UsageException(
          "%s: \"%s\" is no time; expected 2026-10-25 or 2026-10-25T01:30:00Z"
              .formatted(option, text));
    }
  }
}
