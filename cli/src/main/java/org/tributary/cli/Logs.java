package org.tributary.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Where log lines go: the only class that knows the logging library. */
final class Logs {

  private static final String CONSOLE = "console";
  private static final int FILES = 5;

  /** Lines of a message after the first are set in: none passes for one of the log's own. */
  private static final String MESSAGE = "%replace(%msg){'[\\r\\n]+', '\\n    '}";

  private static final long FILE_BYTES = 5L << 20;

  private static volatile boolean json;

  private Logs() {}

  /** Shows per-batch lines as well. */
  static void verbose() {
    context().getLogger("org.tributary").setLevel(Level.DEBUG);
  }

  /** Shows only what goes wrong: for commands that speak for themselves. */
  static void quiet() {
    context().getLogger("org.tributary").setLevel(Level.WARN);
  }

  /** Keeps log lines off the console: for a command whose answer says it all. */
  static void offConsole() {
    context().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(CONSOLE);
  }

  /** Writes an object a line, for programs: on the console, and to files from then on. */
  static void asJson() {
    LoggerContext context = context();
    json = true;
    if (context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender(CONSOLE)
        instanceof ConsoleAppender<ILoggingEvent> console) {
      console.stop();
      console.setEncoder(jsonEncoder(context));
      console.start();
    }
  }

  private static JsonEncoder jsonEncoder(LoggerContext context) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMDC(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    return encoder;
  }

  /** Writes to a file as well: that one and four older ones, of 5 MB each. */
  static void alsoTo(Path file) {
    LoggerContext context = context();
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(
        json
            ? jsonEncoder(context)
            : encoder(
                context,
                "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level [%thread] " + MESSAGE + "%n"));

    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(file + ".%i");
    rolling.setMinIndex(1);
    rolling.setMaxIndex(FILES - 1);
    rolling.start();
    appender.setRollingPolicy(rolling);

    SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
    trigger.setContext(context);
    trigger.setMaxFileSize(new FileSize(FILE_BYTES));
    trigger.start();
    appender.setTriggeringPolicy(trigger);

    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
  }

  /** Writes what is still in memory. */
  static void flush() {
    context().stop();
  }

  private static PatternLayoutEncoder encoder(LoggerContext context, String pattern) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(pattern);
    encoder.start();
    return encoder;
  }

  /**
   * What the library does before anybody asks for anything else: lines to standard error, because
   * standard output belongs to what a command answers. In code, because reading a file of settings
   * would cost a tenth of a second at each start.
   */
  public static final class Defaults extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext context) {
      ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
      console.setName(CONSOLE);
      console.setContext(context);
      console.setTarget("System.err");
      console.setEncoder(encoder(context, "%d{HH:mm:ss} %-5level " + MESSAGE + "%n"));
      console.start();
      Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
      root.setLevel(Level.WARN);
      root.addAppender(console);
      context.getLogger("org.tributary").setLevel(Level.INFO);
      // Whatever the connection pool has to say comes as a failure of whoever asked; by itself it
      // says it again for each connection, with traces.
      context.getLogger("com.zaxxer.hikari").setLevel(Level.OFF);
      return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
