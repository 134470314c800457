package org.tributary.server.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tributary.store.report.DeploymentTree;
import org.tributary.store.report.DeploymentTree.Branch;
import org.tributary.store.report.HouseRooms;

/** The tree of deployments, one branch at a time, as the original's pages unfold it. */
record TreeReport(DeploymentTree tree, HouseRooms houseRooms) implements Report {

  private static final Pattern PARENT = Pattern.compile("([dhl])_(None|[0-9]{1,18})");
  private static final String ROOT = "root";
  private static final String NO_DEPLOYMENT = "d_None";

  @Override
  public @Nullable Object answer(Asked asked) throws IOException {
    boolean asksNothing =
        asked.parameters().stream()
            .allMatch(parameter -> parameter.name().equals(QueryLanguage.CALLBACK));
    if (asksNothing) {
      return List.of(Json.object("id", ROOT, "name", "All Deployments"));
    }
    String parent = asked.text("parent").orElse("");
    if (parent.equals(ROOT)) {
      return deployments();
    }
    Matcher named = PARENT.matcher(parent);
    if (!named.matches() || (named.group(2).equals("None") && !parent.equals(NO_DEPLOYMENT))) {
      return List.of();
    }
    boolean isNone = named.group(2).equals("None");
    Optional<Long> id = isNone ? Optional.empty() : Optional.of(Long.valueOf(named.group(2)));
    return switch (named.group(1)) {
      case "d" ->
          tree.houses(id).stream().map(house -> branch("h", house, parent, "house")).toList();
      case "h" -> locations(id.orElseThrow(), parent);
      default -> sensorTypes(asked, id.orElseThrow());
    };
  }

  private Object deployments() throws IOException {
    List<Object> deployments = new ArrayList<>();
    for (Branch deployment : tree.deployments()) {
      deployments.add(branch("d", deployment, ROOT, "deployment"));
    }
    deployments.add(
        Json.object(
            "id",
            NO_DEPLOYMENT,
            "name",
            "Houses without deployment",
            "parent",
            ROOT,
            "type",
            "deployment"));
    return deployments;
  }

  private Object locations(long house, String parent) throws IOException {
    return houseRooms.of(house).stream()
        .map(
            each ->
                Json.object(
                    "id",
                    "l_" + each.location(),
                    "name",
                    "(%d) %s".formatted(each.location(), each.room().orElse("NA")),
                    "parent",
                    parent,
                    "type",
                    "location"))
        .toList();
  }

  private @Nullable Object sensorTypes(Asked asked, long location) throws IOException {
    if (asked.text("limit").filter("exposure"::equals).isPresent()) {
      return null;
    }
    return tree.sensorTypes(location).stream()
        .map(
            type ->
                Json.object(
                    "id",
                    "t_%d_%d".formatted(location, type.id()),
                    "name",
                    type.name(),
                    "type",
                    "sensorType",
                    "parent",
                    "l:" + location))
        .toList();
  }

  private static Object branch(String kind, Branch branch, String parent, String type) {
    return Json.object(
        "id", kind + "_" + branch.id(), "name", branch.name(), "parent", parent, "type", type);
  }
}
