package org.tributary.server.rest;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Answers one question. Thread-safe. */
interface Report {

  /** The answer as maps, lists, numbers, texts, booleans, times or null, for JSON. */
  @Nullable Object answer(Asked asked) throws IOException;
}
