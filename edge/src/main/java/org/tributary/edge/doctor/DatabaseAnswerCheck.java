package org.tributary.edge.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tributary.edge.ssh.SshExamination;
import org.tributary.edge.ssh.SshRefusedException;
import org.tributary.store.DatabaseUrl.Dialect;

/** Whether it is a database server that answers behind an SSH host. Nobody logs in to it. */
public record DatabaseAnswerCheck(SshExamination way, Dialect dialect) implements Check {

  /** Asks a PostgreSQL server whether it speaks TLS; it says S or N. */
  private static final byte[] TLS_QUESTION = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

  /** The version of MySQL's protocol that all its servers begin with. */
  private static final int MYSQL_PROTOCOL = 10;

  private static final int MYSQL_ERROR = 255;
  private static final int MOST = 1024;

  private static final String ADVICE = "are dbport and the beginning of dbstring right?";

  @Override
  public String name() {
    return "database";
  }

  @Override
  public List<Finding> look() {
    try {
      return List.of(
          switch (dialect) {
            case MYSQL -> way.talk(DatabaseAnswerCheck::mysql);
            case POSTGRESQL -> way.talk(DatabaseAnswerCheck::postgresql);
            case SQLITE -> Finding.problem("a file is not behind an SSH host", ADVICE);
          });
    } catch (SocketTimeoutException e) {
      return List.of(Finding.problem("what listens there says nothing", ADVICE));
    } catch (IOException e) {
      return List.of(Finding.problem(String.valueOf(e.getMessage()), ""));
    } catch (SshRefusedException e) {
      return List.of(Finding.refusal(String.valueOf(e.getMessage()), ""));
    }
  }

  /** It greets first: a length, a number, then its protocol and its version. */
  private static Finding mysql(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] head = in.readNBytes(5);
    int first = head.length < 5 ? -1 : head[4] & 0xff;
    int length = head.length < 5 ? 0 : (head[0] & 0xff) + ((head[1] & 0xff) << 8) - 1;
    if (first == MYSQL_ERROR) {
      String text = new String(in.readNBytes(Math.min(length, MOST)), StandardCharsets.UTF_8);
      return Finding.problem(
          "the server refuses connections from the SSH host: " + printable(text), "");
    }
    if (first != MYSQL_PROTOCOL) {
      return Finding.problem("what answers there is no MySQL or MariaDB server", ADVICE);
    }
    String greeting = new String(in.readNBytes(Math.min(length, MOST)), StandardCharsets.UTF_8);
    return Finding.ok("a server answers: " + printable(greeting.replaceFirst("\0(?s).*", "")));
  }

  private static Finding postgresql(Socket socket) throws IOException {
    socket.getOutputStream().write(TLS_QUESTION);
    int answer = socket.getInputStream().read();
    return answer == 'S' || answer == 'N'
        ? Finding.ok("a PostgreSQL server answers" + (answer == 'S' ? ", with TLS" : ""))
        : Finding.problem("what answers there is no PostgreSQL server", ADVICE);
  }

  private static String printable(String text) {
    return text.replaceAll("[^ -~]", "");
  }
}
