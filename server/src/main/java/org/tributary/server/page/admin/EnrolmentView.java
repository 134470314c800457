package org.tributary.server.page.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tributary.server.page.QrPicture;
import org.tributary.server.page.Section;
import org.tributary.server.page.Typed;
import org.tributary.server.page.View;
import org.tributary.store.access.Key;
import org.tributary.store.access.OpenCode;

/**
 * The gateways' keys, and how another one gets its own.
 *
 * @param keys of gateways, all that there ever were
 * @param codes that were given out and not used
 * @param typed into a form that was refused
 * @param made a line that was made just now: it can't be shown again
 * @param now by central's clock
 */
public record EnrolmentView(
    List<Key> keys, List<OpenCode> codes, Typed typed, Optional<Made> made, Instant now)
    implements View {

  public EnrolmentView {
    keys = List.copyOf(keys);
    codes = List.copyOf(codes);
  }

  /** What is to be run at a gateway, until when, and the same for a camera. */
  public record Made(String gateway, String line, Instant expires, QrPicture picture) {}

  /** Keys that open something. */
  public List<Key> inForce() {
    return keys.stream().filter(key -> key.isInForce(now)).toList();
  }

  /** Whether a gateway has a key that opens something. */
  public boolean hasKey(String gateway) {
    return inForce().stream().anyMatch(key -> key.holder().equals(gateway));
  }

  /** Keys that have ended or were taken back. */
  public List<Key> ended() {
    return keys.stream().filter(key -> !key.isInForce(now)).toList();
  }

  @Override
  public int status() {
    return typed.isRefused() ? 400 : 200;
  }

  @Override
  public String title() {
    return "Enrolment";
  }

  @Override
  public Section section() {
    return Section.ENROLMENT;
  }

  @Override
  public String template() {
    return "admin/enrolment.jte";
  }
}
