package org.tributary.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.Enrolling;
import org.tributary.edge.config.ConfigException;
import org.tributary.wire.EnrolmentCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes this gateway known at a central. */
@Command(
    name = "enrol",
    mixinStandardHelpOptions = true,
    description = {
      "Makes this gateway known at a central, by the line that tributary gateway add printed there."
          + " The key is made here, stands in a file beside the configuration that its owner alone can"
          + " read, and never travels; from now on the gateway shows it with each request.",
      "What the configuration lacks is added to it: the gateway's name, and the section of that"
          + " central. May be run again if it was broken off."
    })
final class EnrolCommand implements Callable<Integer> {

  @Mixin private ConfigOption config;

  @Parameters(index = "0", paramLabel = "URL", description = "Where central is reached.")
  private String url = "";

  @Parameters(index = "1", paramLabel = "CODE", description = "The code that it gave out.")
  private String code = "";

  @Option(
      names = "--insecure-http",
      description =
          "Speak to it without TLS although it is not on this machine: everybody on the way can read"
              + " along, and take the key.")
  private boolean insecure;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description =
          "Believe these certificates (PEM) instead of the system's: those of a private authority, or"
              + " the one that central made for itself.")
  private @Nullable Path caFile;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, UsageException, ConfigException {
    Logs.quiet();
    EnrolmentCode given =
        EnrolmentCode.parse(code)
            .orElseThrow(
                () ->
                    new UsageException(
                        "CODE: 26 letters and digits are expected, as tributary gateway add prints"
                            + " them"));
    Enrolling.Terms terms = new Enrolling.Terms(insecure, Optional.ofNullable(caFile));
    Enrolling enrolling;
    try {
      enrolling = Enrolling.at(config.file(), System.getenv(), url, terms, Clock.systemUTC());
    } catch (IllegalArgumentException e) {
      throw new UsageException("URL: " + e.getMessage());
    }
    Enrolling.Done done = enrolling.enrol(given);
    Answers answers = new Answers(spec.commandLine());
    answers.line(
        "This is gateway %s at %s; its key is in %s"
            .formatted(done.gateway(), URI.create(url), done.keyFile()));
    List<String> added = done.added();
    if (!added.isEmpty()) {
      answers.line("Added to %s:".formatted(config.file()));
      added.forEach(line -> answers.line("  " + line));
    }
    done.todo().forEach(answers::line);
    return ExitCode.OK.number();
  }
}
