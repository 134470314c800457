package org.tributary.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The sync protocol's paths, headers and media types: the only place where they are spelled. */
public final class SyncApi {

  /** Newest version of the protocol that this program speaks: batches as frames. */
  public static final int PROTOCOL = 2;

  /** Oldest version that it still speaks: batches as columns only. */
  public static final int OLDEST_PROTOCOL = 1;

  /** Tells a central of ours from any other program that happens to answer. */
  public static final String PRODUCT = "tributary";

  public static final String GREETING = "/sync/greeting";

  /** What a greeting would be told, without being taken for one. */
  public static final String NAME = "/sync/name";

  public static final String BATCH = "/sync/batch";
  public static final String DIGESTS = "/sync/digests";
  public static final String SKETCHES = "/sync/sketches";
  public static final String CHANGES = "/sync/changes";
  public static final String PLAN = "/sync/plan";
  public static final String GATEWAYS = "/sync/gateways";
  public static final String HOUSES = "/sync/houses";
  public static final String HEALTH = "/health";

  /** Where a gateway reads its own rows back: looked at, begun, compared, read, ended. */
  public static final String RESTORE = "/sync/restore";

  public static final String RESTORE_LOOK = RESTORE + "/look";
  public static final String RESTORE_COUNT = RESTORE + "/count";
  public static final String RESTORE_DIGESTS = RESTORE + "/digests";
  public static final String RESTORE_ROWS = RESTORE + "/rows";
  public static final String RESTORE_END = RESTORE + "/end";

  /** Where a gateway with a one-time code gets a key, and one with a key another. */
  public static final String ENROL = "/sync/enrol";

  public static final String ROTATE = "/sync/key";

  /** Where a gateway, or whoever else has a key, shows it: {@code Bearer} and the key. */
  public static final String KEY_HEADER = "Authorization";

  public static final String KEY_SCHEME = "Bearer ";

  public static final String GATEWAY_HEADER = "Tributary-Gateway";

  /** Which machine reads a gateway's rows back. */
  public static final String MACHINE_HEADER = "Tributary-Machine";

  public static final String BATCH_TYPE = "application/vnd.tributary.batch";
  public static final String DIGESTS_TYPE = "application/vnd.tributary.digests";
  public static final String PLAN_TYPE = "application/vnd.tributary.plan";
  public static final String JSON_TYPE = "application/json";
  public static final String PROBLEM_TYPE = "application/problem+json";

  private SyncApi() {}

  /** The version to speak with an end whose newest is {@code theirs}. */
  public static int commonProtocol(int theirs) {
    return Math.min(PROTOCOL, theirs);
  }

  /** What central knows of one gateway. */
  public static String gateway(GatewayId gateway) {
    return GATEWAYS + "/" + URLEncoder.encode(gateway.value(), StandardCharsets.UTF_8);
  }

  /** The rows of one gateway that are set aside. */
  public static String setAside(GatewayId gateway) {
    return gateway(gateway) + "/setaside";
  }

  /** What has been changed or deleted of one gateway's rows. */
  public static String corrections(GatewayId gateway) {
    return gateway(gateway) + "/corrections";
  }
}
