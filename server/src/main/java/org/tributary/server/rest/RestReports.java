package org.tributary.server.rest;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Endpoint.Method;
import org.tributary.store.Database;
import org.tributary.store.ingest.NodeMoves;
import org.tributary.store.report.DeploymentTree;
import org.tributary.store.report.HouseRooms;

/** The REST interface's resources that are no tables, under their paths. */
public final class RestReports {

  private RestReports() {}

  /**
   * All of them.
   *
   * @param version this program's
   */
  public static List<Endpoint> all(Database database, Clock clock, String version) {
    GatewayReports gateways = new GatewayReports(database, clock);
    HouseReports houses = new HouseReports(database);
    RadioReports radio = new RadioReports(database, clock);
    SumRest sums = new SumRest(database, clock);
    TreeReport tree = new TreeReport(new DeploymentTree(database), new HouseRooms(database));
    NodeMoves moves = new NodeMoves(database);
    List<Endpoint> all = new ArrayList<>();
    all.addAll(
        ReportEndpoint.any("/rest/version", Audience.UPLOADERS_AND_READERS, asked -> version));
    all.addAll(
        ReportEndpoint.any("/rest/lastsync", Audience.UPLOADERS_AND_READERS, gateways::lastSync));
    all.addAll(
        ReportEndpoint.any(
            "/rest/lastnodesync", Audience.UPLOADERS_AND_READERS, gateways::lastNodeSync));
    all.addAll(ReportEndpoint.any("/rest/rpc", Audience.READERS, gateways::rpc));
    all.addAll(ReportEndpoint.any("/rest/schema", Audience.READERS, gateways::schema));
    all.addAll(ReportEndpoint.any("/rest/houserooms", Audience.READERS, houses::rooms));
    all.addAll(ReportEndpoint.any("/rest/counts", Audience.READERS, houses::counts));
    all.addAll(ReportEndpoint.any("/rest/summary", Audience.READERS, houses::summary));
    all.addAll(ReportEndpoint.any("/rest/energysummary", Audience.READERS, houses::energySummary));
    all.addAll(ReportEndpoint.any("/rest/network", Audience.READERS, radio::network));
    all.addAll(ReportEndpoint.any("/rest/topology", Audience.READERS, radio::topology));
    all.addAll(ReportEndpoint.any("/rest/heatmap", Audience.READERS, radio::heatmap));
    all.addAll(ReportEndpoint.any("/rest/deploymenttree", Audience.READERS, tree));
    all.addAll(
        ReportEndpoint.of("/sumRest/register", Audience.READERS, sums::register, Method.GET));
    all.addAll(ReportEndpoint.of("/sumRest/status", Audience.READERS, sums::status, Method.GET));
    all.add(new NodeMoveEndpoint(moves, "/sumRest/status"));
    all.add(new NodeMoveEndpoint(moves, "/sumRest/status/{id}"));
    all.addAll(
        ReportEndpoint.of(
            "/sumRest/updateTimes", Audience.OPERATORS, new FileReadingsReport(moves), Method.PUT));
    ElectricEndpoint.all(database).forEach(all::add);
    all.addAll(ReportEndpoint.of("/restTest", Audience.READERS, sums::tree, Method.GET));
    return all;
  }
}
