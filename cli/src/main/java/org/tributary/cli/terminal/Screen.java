package org.tributary.cli.terminal;

import java.io.Console;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.time.Clock;
import java.util.Locale;

/**
 * Where a command writes for its person: lines, and progress that moves if somebody watches and is
 * told now and then if nobody does. Thread-safe.
 */
public final class Screen {

  private final PrintWriter out;
  private final Clock clock;
  private final boolean watched;

  public Screen(PrintWriter out, Clock clock, boolean watched) {
    this.out = out;
    this.clock = clock;
    this.watched = watched;
  }

  /** One whose lines move if standard output is a terminal. */
  public static Screen of(PrintWriter out, Clock clock) {
    boolean plain = "dumb".equals(System.getenv("TERM"));
    return new Screen(out, clock, !plain && hasTerminal());
  }

  /** Whether a person sits at both ends. */
  @SuppressWarnings("SystemConsoleNull") // isTerminal() is asked where there is one
  public static boolean hasTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try { // newer Javas have a console even where there is no terminal, and a method that says so
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("Console.isTerminal() is public", e);
    }
  }

  /** Writes a line, formatted the same in every country. */
  public synchronized void say(String line, Object... values) {
    out.println(values.length == 0 ? line : String.format(Locale.ROOT, line, values));
    out.flush();
  }

  /** An empty line. */
  public void gap() {
    say("");
  }

  /**
   * Shows how far a task has come until that is closed.
   *
   * @param unit what is counted, in the plural
   * @param total how many there will be, as far as one knows
   */
  public Progress progress(String unit, long total) {
    return watched
        ? new MovingProgress(out, unit, total)
        : new TellingProgress(this, clock, unit, total);
  }
}
