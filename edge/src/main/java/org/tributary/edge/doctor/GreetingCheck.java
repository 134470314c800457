package org.tributary.edge.doctor;

import static java.time.temporal.ChronoUnit.SECONDS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tributary.edge.http.NotLetInException;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.NameHolder;
import org.tributary.wire.SyncJson;
import org.tributary.wire.WireFormatException;

/** Whether a Tributary central answers, or some other program. Does not make the gateway known. */
public record GreetingCheck(Central central, GatewayId gateway) implements Check {

  private static final Pattern TITLE =
      Pattern.compile("<title[^>]*>(.*?)</title>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final int LONGEST_TITLE = 60;

  @Override
  public String name() {
    return "greeting";
  }

  @Override
  public List<Finding> look() {
    HealthAnswer answer;
    try {
      answer = central.health();
    } catch (IOException e) {
      return List.of(
          Finding.problem(
              String.valueOf(e.getMessage()), "is it a web server at all, and not https there?"));
    }
    try {
      String version = SyncJson.readHealth(bytes(answer));
      return List.of(answer.status() == 200 ? known(version) : unwell(answer));
    } catch (WireFormatException e) {
      return List.of(
          SyncJson.readProblem(bytes(answer)).isPresent()
              ? unwell(answer)
              : central.restSensorTypes().map(RestCheck::speaks).orElseGet(() -> other(answer)));
    }
  }

  private Finding known(String version) {
    try {
      Optional<GatewayStatus> its = central.gateway();
      Optional<String> stopped = its.flatMap(GatewayStatus::stopped);
      if (stopped.isPresent()) {
        return refused(stopped.get());
      }
      NameAnswer name = central.name();
      if (name.refusal().isPresent()) {
        return refused(name.refusal().get());
      }
      if (name.holder().isPresent()) {
        NameHolder holder = name.holder().get();
        return Finding.ok(
            "Tributary %s, where gateway %s was %s, heard of last %s; the next push goes on in its place"
                .formatted(
                    version, gateway, holder.hostname(), holder.last().truncatedTo(SECONDS)));
      }
      return Finding.ok(
          its.map(status -> "Tributary %s, which knows gateway %s".formatted(version, gateway))
              .orElse(
                  "Tributary %s; gateway %s is new to it, the first push makes it known"
                      .formatted(version, gateway)));
    } catch (NotLetInException e) {
      return refused(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Finding.problem(
          "Tributary %s, but it does not say what it knows of gateway %s: %s"
              .formatted(version, gateway, e.getMessage()),
          "look into central's log");
    }
  }

  /** In the words in which a push would be told. */
  private static Finding refused(String why) {
    return Finding.refusal(why, "nothing is lost: rows wait here until somebody decides");
  }

  private static Finding unwell(HealthAnswer answer) {
    return Finding.problem(
        "it says that it can't work now (status %d): %s"
            .formatted(answer.status(), SyncJson.readProblem(bytes(answer)).orElse("no reason")),
        "look into central's log; rows wait here meanwhile");
  }

  private static Finding other(HealthAnswer answer) {
    int status = answer.status();
    if (answer.location().isPresent() && status >= 300 && status < 400) {
      return Finding.problem(
          "not a Tributary central: it sends us on to " + answer.location().get(),
          "a captive portal wants a sign-in, or url should have that address (https?)");
    }
    if (status == 401 || status == 403 || status == 407) {
      return Finding.problem(
          "not a Tributary central: it wants a sign-in (status %d)".formatted(status),
          "a proxy or another program stands there: of a central everybody may ask how it is");
    }
    if (status == 502 || status == 503 || status == 504) {
      return Finding.problem(
          "a proxy answers that central is away (status %d)".formatted(status),
          "start central behind it");
    }
    return Finding.problem(
        "not a Tributary central: status %d, %s".formatted(status, looks(answer)),
        "another program, or a captive portal that wants a sign-in; are host and port in url"
            + " right?");
  }

  private static String looks(HealthAnswer answer) {
    String kind = answer.contentType().isEmpty() ? "no type" : answer.contentType();
    Matcher title = TITLE.matcher(answer.body());
    return title.find() ? "%s, \"%s\"".formatted(kind, shortened(title.group(1).strip())) : kind;
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_TITLE ? text : text.substring(0, LONGEST_TITLE) + "…";
  }

  private static byte[] bytes(HealthAnswer answer) {
    return answer.body().getBytes(StandardCharsets.UTF_8);
  }
}
