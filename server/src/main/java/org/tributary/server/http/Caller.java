package org.tributary.server.http;

import java.util.Optional;
import org.tributary.store.access.Holder;
import org.tributary.store.access.Role;
import org.tributary.wire.GatewayId;
import org.tributary.wire.SyncApi;
import org.tributary.wire.WireFormatException;

/**
 * Who asks: decided once, from what is shown and never from what is said. Immutable.
 *
 * @param kind how it is known
 * @param holder of the key or session; empty for strangers, and where nobody signs in
 * @param said the gateway that it says it is; counts only where nobody signs in
 */
public record Caller(Kind kind, Optional<Holder> holder, Optional<GatewayId> said) {

  /** How somebody is known. */
  public enum Kind {
    /** Not at all. */
    STRANGER,
    /** By a key that a program shows. */
    KEY,
    /** By a session that a browser has. */
    SESSION,
    /** Nobody signs in: everybody on this machine may do everything. */
    ANYBODY
  }

  public static final Caller STRANGER =
      new Caller(Kind.STRANGER, Optional.empty(), Optional.empty());

  /** Somebody on this machine, where nobody signs in. */
  public static Caller anybody(Optional<GatewayId> said) {
    return new Caller(Kind.ANYBODY, Optional.empty(), said);
  }

  public static Caller withKey(Holder holder) {
    return new Caller(Kind.KEY, Optional.of(holder), Optional.empty());
  }

  public static Caller inSession(Holder holder) {
    return new Caller(Kind.SESSION, Optional.of(holder), Optional.empty());
  }

  public boolean isStranger() {
    return kind == Kind.STRANGER;
  }

  /** Whether it may ask what is for these. */
  public boolean isOf(Audience audience) {
    return switch (kind) {
      case ANYBODY -> true;
      case STRANGER -> audience == Audience.ANYONE;
      case KEY, SESSION -> holder.filter(who -> audience.includes(who.role())).isPresent();
    };
  }

  /** The gateway whose key was shown. */
  public Optional<GatewayId> keyOf() {
    return holder.filter(who -> who.role() == Role.GATEWAY).map(who -> new GatewayId(who.name()));
  }

  /**
   * The gateway that asks.
   *
   * @throws WireFormatException if nobody signs in and it does not say which it is
   */
  public GatewayId gateway() throws WireFormatException {
    return keyOf()
        .or(() -> said)
        .orElseThrow(
            () -> new WireFormatException("The header " + SyncApi.GATEWAY_HEADER + " is missing"));
  }

  /** Whether what is said in a gateway's name may come from here. */
  public boolean mayBe(GatewayId gateway) {
    return kind == Kind.ANYBODY || keyOf().filter(gateway::equals).isPresent();
  }

  /** For the books. */
  public String name() {
    return holder.map(Holder::name).orElse(kind == Kind.ANYBODY ? "anybody" : "a stranger");
  }
}
