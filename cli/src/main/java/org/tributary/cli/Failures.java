package org.tributary.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.tributary.edge.AlreadyRunningException;
import org.tributary.edge.LocalDatabaseException;
import org.tributary.edge.RefusedException;
import org.tributary.edge.config.ConfigException;
import org.tributary.edge.http.InsecureException;
import org.tributary.edge.http.NotLetInException;
import org.tributary.store.StoreException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says a failure in a sentence and gives it its exit code; only a defect of ours has a trace. */
final class Failures implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parseResult) {
    ExitCode code = code(failure);
    if (code == ExitCode.DEFECT) {
      failure.printStackTrace(commandLine.getErr());
    } else {
      commandLine.getErr().println(commandLine.getColorScheme().errorText(sentence(failure)));
    }
    return code.number();
  }

  static ExitCode code(Exception failure) {
    if (failure instanceof ConfigException
        || failure instanceof UsageException
        || failure instanceof InsecureException) {
      return ExitCode.USAGE;
    }
    if (failure instanceof LocalDatabaseException || failure instanceof StoreException) {
      return ExitCode.LOCAL_DATABASE;
    }
    if (failure instanceof RefusedException || failure instanceof NotLetInException) {
      return ExitCode.REFUSED;
    }
    if (failure instanceof AlreadyRunningException) {
      return ExitCode.ALREADY_RUNNING;
    }
    if (failure instanceof FileSystemException) {
      return ExitCode.USAGE; // no database's and no remote's: a folder beside the configuration
    }
    if (failure instanceof java.io.IOException) {
      return ExitCode.UNREACHABLE;
    }
    return ExitCode.DEFECT;
  }

  private static String sentence(Exception failure) {
    if (failure instanceof FileSystemException file && file.getReason() == null) {
      return "%s can't be used: %s"
          .formatted(
              file.getFile(),
              file instanceof AccessDeniedException
                  ? "this user may not write there"
                  : file.getClass().getSimpleName());
    }
    return String.valueOf(failure.getMessage());
  }
}
