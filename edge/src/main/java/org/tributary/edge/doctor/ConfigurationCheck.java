package org.tributary.edge.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.Problem;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.store.DurationWords;
import org.tributary.wire.GatewayId;

/**
 * Whether the configuration can be used; if not, every problem with its line.
 *
 * @param config empty if there are problems
 * @param gateway the name that a push would go by
 */
public record ConfigurationCheck(
    Optional<EdgeConfig> config, Optional<GatewayId> gateway, List<Problem> problems)
    implements Check {

  public ConfigurationCheck {
    problems = List.copyOf(problems);
  }

  @Override
  public String name() {
    return "configuration";
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    for (Problem problem : problems) {
      findings.add(Finding.problem(problem.toString(), ""));
    }
    config.ifPresent(
        read ->
            findings.add(
                Finding.ok(
                    "%s: gateway %s pushes to %s every %s"
                        .formatted(
                            read.file(),
                            gateway.map(GatewayId::value).orElse("?"),
                            String.join(
                                ", ", read.remotes().stream().map(RemoteConfig::name).toList()),
                            DurationWords.brief(read.syncTime())))));
    return findings;
  }
}
