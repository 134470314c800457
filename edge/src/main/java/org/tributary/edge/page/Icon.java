package org.tributary.edge.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The sign of the program, for which browsers ask beside whatever they show. */
final class Icon {

  static final PageServer.Page PAGE = Answers.of("image/svg+xml", read());

  private Icon() {}

  private static String read() {
    try (InputStream file = Icon.class.getResourceAsStream("tributary.svg")) {
      byte[] text = Objects.requireNonNull(file, "tributary.svg is missing").readAllBytes();
      return new String(text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("A file of the program can't be read", e);
    }
  }
}
