package org.tributary.server.sync;

import org.tributary.server.http.Request;
import org.tributary.wire.GatewayId;
import org.tributary.wire.WireFormatException;

/** What is said in the name of a gateway other than the one that asks. */
final class Foreign {

  private Foreign() {}

  /**
   * Looks at the name in a body.
   *
   * @throws WireFormatException if it is not the asking gateway's own
   */
  static void refuse(Request request, GatewayId inBody) throws WireFormatException {
    if (!request.caller().mayBe(inBody)) {
      throw new WireFormatException(
          "The key is that of gateway %s, and the message speaks of %s"
              .formatted(request.caller().name(), inBody));
    }
  }
}
