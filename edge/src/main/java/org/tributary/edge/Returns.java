package org.tributary.edge;

import java.io.IOException;
import java.util.List;
import org.tributary.wire.Batch;
import org.tributary.wire.Claims;
import org.tributary.wire.Difference;
import org.tributary.wire.Greeting;
import org.tributary.wire.RestoreCount;
import org.tributary.wire.RestoreOutlook;
import org.tributary.wire.RestoreRequest;
import org.tributary.wire.RestoreTerms;

/**
 * What central gives back to a gateway. Nothing is changed by asking, so each question may be asked
 * again. As with a {@link Transport}, an {@link IOException} means "again later".
 */
interface Returns {

  /** What would come back if this machine greeted and began; whoever goes by the name goes on. */
  RestoreOutlook look(Greeting greeting) throws IOException, RefusedException;

  /** How many rows would come back, or of the first of them; with {@code upTo} if more follow. */
  RestoreCount count(RestoreRequest request) throws IOException, RefusedException;

  /** What there is. */
  RestoreTerms begin() throws IOException, RefusedException;

  /** Rows as this gateway had them; with {@code upTo} if more of the same follow. */
  Batch rows(RestoreRequest request) throws IOException, RefusedException;

  /** Which windows are not here as they were. */
  List<Difference> differences(Claims claims) throws IOException, RefusedException;

  /** Says that all of it is here. */
  void end() throws IOException, RefusedException;
}
