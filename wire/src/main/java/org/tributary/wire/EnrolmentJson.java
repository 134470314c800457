package org.tributary.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is said when a gateway gets a key, as JSON. Stateless. */
public final class EnrolmentJson {

  private EnrolmentJson() {}

  /**
   * What a gateway says.
   *
   * @param code the one that it was given; empty for a gateway that has a key and wants another
   */
  public record Asked(Optional<EnrolmentCode> code, Enrolment enrolment) {}

  public static byte[] write(Asked asked) {
    Map<String, Object> json = new LinkedHashMap<>();
    asked.code().ifPresent(code -> json.put("code", code.reveal()));
    json.put("keyId", asked.enrolment().keyId());
    json.put("secretHash", asked.enrolment().secretHash());
    return Json.bytes(json);
  }

  public static Asked readAsked(byte[] body) throws WireFormatException {
    Fields fields = Fields.of(body);
    Optional<EnrolmentCode> code = Optional.empty();
    if (fields.optional("code").isPresent()) {
      code = EnrolmentCode.parse(fields.text("code"));
      if (code.isEmpty()) {
        throw new WireFormatException("The code is none: 26 letters and digits are expected");
      }
    }
    Enrolment enrolment =
        fields.build(() -> new Enrolment(fields.text("keyId"), fields.text("secretHash")));
    return new Asked(code, enrolment);
  }

  /** What central answers: which gateway it is. */
  public static byte[] writeEnrolled(GatewayId gateway) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("product", SyncApi.PRODUCT);
    json.put("gateway", gateway.value());
    return Json.bytes(json);
  }

  /** Reads that. */
  public static GatewayId readEnrolled(byte[] body) throws WireFormatException {
    Fields fields = Fields.of(body);
    fields.expectProduct();
    return fields.build(() -> new GatewayId(fields.text("gateway")));
  }
}
