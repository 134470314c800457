package org.tributary.cli;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program: one word a command. */
@Command(
    name = "tributary",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Keeps a central database in step with many sensor databases in the field.",
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      EnrolCommand.class,
      KeyCommand.class,
      PushCommand.class,
      PlanCommand.class,
      StatusCommand.class,
      VerifyCommand.class,
      ResendCommand.class,
      RestoreCommand.class,
      ExportCommand.class,
      CertificateCommand.class,
      CompletenessCommand.class,
      DoctorCommand.class,
      SetAsideCommand.class,
      ConflictsCommand.class,
      GatewayCommand.class,
      UserCommand.class,
      TokenCommand.class,
      AuditCommand.class,
      MappingCommand.class,
      DatagenCommand.class,
      ClearDbCommand.class,
      DbCommand.class
    })
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  /** Runs the command and ends the process with its {@link ExitCode}. */
  public static void main(String[] args) {
    int exit = commandLine().execute(args);
    Logs.flush();
    System.exit(exit);
  }

  static CommandLine commandLine() {
    CommandLine commandLine =
        new CommandLine(new Main())
            .setExecutionExceptionHandler(new Failures())
            .setParameterExceptionHandler(new WrongOptions())
            .registerConverter(LocalDate.class, WrongOptions::day)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpAutoWidth(true);
    Map<String, String> exitCodes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      exitCodes.put(Integer.toString(code.number()), code.meaning());
    }
    commandLine.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
    commandLine.getCommandSpec().usageMessage().exitCodeList(exitCodes);
    return commandLine;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }
}
