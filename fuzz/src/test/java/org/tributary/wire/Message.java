package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Everything of the sync protocol that is read from JSON, and how it is written again. */
enum Message {
  GREETING {
    @Override
    byte[] rewritten(byte[] body, Table table) throws WireFormatException {
      return SyncJson.write(SyncJson.readGreeting(body));
    }
  },
  WELCOME {
    @Override
    byte[] rewritten(byte[] body, Table table) throws WireFormatException {
      Welcome welcome = SyncJson.readWelcome(body);
      welcome.positions().values().forEach(Message::place); // batches begin there
      welcome.open().values().forEach(days -> days.forEach(Message::place));
      return SyncJson.write(welcome);
    }
  },
  ACK {
    @Override
    byte[] rewritten(byte[] body, Table table) throws WireFormatException {
      return SyncJson.write(SyncJson.readAck(body));
    }
  },
  STATUS {
    @Override
    byte[] rewritten(byte[] body, Table table) throws WireFormatException {
      return SyncJson.write(SyncJson.readGatewayStatus(body));
    }
  },
  SET_ASIDE {
    @Override
    byte[] rewritten(byte[] body, Table table) throws WireFormatException {
      return SyncJson.writeSetAside(SyncJson.readSetAside(body));
    }
  },
  HEALTH {
    @Override
    byte[] rewritten(byte[] body, Table table) throws WireFormatException {
      return SyncJson.writeHealth(SyncJson.readHealth(body));
    }
  },
  PROBLEM {
    @Override
    byte[] rewritten(byte[] body, Table table) {
      return SyncJson.writeProblem(400, "", SyncJson.readProblem(body).orElse(""));
    }
  },
  POSITION {
    @Override
    byte[] rewritten(byte[] body, Table table) throws WireFormatException {
      Position position = SyncJson.readPosition(text(body));
      place(position);
      return utf8(SyncJson.writePosition(position));
    }
  },
  ROW {
    @Override
    byte[] rewritten(byte[] body, Table table) throws WireFormatException {
      Rows.Builder rows = new Rows.Builder(table, table.travelling(), 1);
      SyncJson.readRow(text(body), rows, table.travelling());
      return utf8(SyncJson.writeRow(rows.build().row(0)));
    }
  },
  CELLS {
    @Override
    byte[] rewritten(byte[] body, Table table) throws WireFormatException {
      return utf8(SyncJson.writeRow(MetadataJson.readRow(text(body), table)));
    }
  },
  TERMS {
    @Override
    byte[] rewritten(byte[] body, Table table) throws WireFormatException {
      return utf8(MetadataJson.write(MetadataJson.readTerms(text(body))));
    }
  },
  HOLDINGS {
    @Override
    byte[] rewritten(byte[] body, Table table) throws WireFormatException {
      return MetadataJson.write(MetadataJson.readHoldings(body));
    }
  },
  CHANGES {
    @Override
    byte[] rewritten(byte[] body, Table table) throws WireFormatException {
      List<MetadataChange> changes = MetadataJson.readChanges(body);
      changes.forEach(change -> assertThat(change.toString()).isNotEmpty()); // for people
      return MetadataJson.write(changes);
    }
  },
  RESTORE_TERMS {
    @Override
    byte[] rewritten(byte[] body, Table table) throws WireFormatException {
      RestoreTerms terms = RestoreJson.readTerms(body);
      terms.series().values().forEach(windows -> windows.forEach(Message::place));
      return RestoreJson.write(terms);
    }
  },
  RESTORE_REQUEST {
    @Override
    byte[] rewritten(byte[] body, Table table) throws WireFormatException {
      RestoreRequest request = RestoreJson.readRequest(body);
      request.window().ifPresent(Message::place);
      request.after().ifPresent(Message::place);
      return RestoreJson.write(request);
    }
  },
  RESTORE_ENDED {
    @Override
    byte[] rewritten(byte[] body, Table table) throws WireFormatException {
      RestoreJson.readEnded(body);
      return RestoreJson.ended();
    }
  },
  PLAN {
    @Override
    byte[] rewritten(byte[] body, Table table) throws WireFormatException {
      return PlanCodec.encode(PlanCodec.decodePlan(body));
    }
  };

  /**
   * What is read from a body, written.
   *
   * @param table for rows, which don't say of what they are
   * @throws WireFormatException if it is refused
   */
  abstract byte[] rewritten(byte[] body, Table table) throws WireFormatException;

  /** A window is asked for by its times, and named in messages. */
  private static void place(Window window) {
    if (!window.from().isBefore(window.to()) || window.toString().isEmpty()) {
      throw new AssertionError("No time: " + window.hour());
    }
  }

  /** A position is written into batches. */
  private static void place(Position position) {
    BatchHead.writePosition(new ByteSink(16), Optional.of(position));
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
