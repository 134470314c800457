package org.tributary.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.tributary.cli.terminal.Screen;

/** A password that somebody types twice, or that a script hands over. */
final class NewPassword {

  private NewPassword() {}

  /**
   * Asks for it, without showing it.
   *
   * @param stdin whether the first line of standard input is it
   */
  static String ask(boolean stdin) throws UsageException, IOException {
    if (stdin) {
      String line =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      if (line == null) {
        throw new UsageException("--stdin: nothing came; expected the password in one line");
      }
      return line;
    }
    if (!Screen.hasTerminal()) {
      throw new UsageException(
          "There is no terminal to ask for the password; --stdin takes it from standard input");
    }
    Console console = Objects.requireNonNull(System.console());
    char[] once = console.readPassword("Password: ");
    char[] again = console.readPassword("Once more: ");
    if (once == null || !Arrays.equals(once, again)) {
      throw new UsageException("The two are not the same");
    }
    return new String(once);
  }
}
