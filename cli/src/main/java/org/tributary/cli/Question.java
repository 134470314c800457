package org.tributary.cli;

import java.io.Console;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.cli.terminal.Screen;

/** Asks a person; null if there is no answer. */
@FunctionalInterface
interface Question {

  @Nullable String ask(String prompt);

  /** The person at the terminal, if there is one. */
  static Optional<Question> atTerminal() {
    return Screen.hasTerminal()
        ? Optional.<Console>ofNullable(System.console())
            .map(console -> prompt -> console.readLine("%s", prompt))
        : Optional.empty();
  }
}
