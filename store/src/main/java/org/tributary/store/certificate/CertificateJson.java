package org.tributary.store.certificate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tributary.store.completeness.CompletenessJson;
import org.tributary.store.export.ExportedFile;
import org.tributary.store.export.HouseExport;

/** What a certificate says, as JSON; {@link Certified} reads it again. Stateless. */
final class CertificateJson {

  static final String KIND = "tributary completeness certificate";
  static final long FORMAT = 1;

  private CertificateJson() {}

  static Map<String, @Nullable Object> of(
      HouseExport.Exported exported, Issue issue, IssuerKey issuer) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", KIND);
    json.put("format", FORMAT);
    json.put("issued", issued(issue, issuer));
    json.put("firstDay", issue.first().toString());
    json.put("lastDay", issue.last().toString());
    json.put("export", export(exported.file()));
    json.put("names", exported.names().json());
    json.put("completeness", exact(CompletenessJson.of(exported.completeness())));
    return json;
  }

  private static Map<String, @Nullable Object> issued(Issue issue, IssuerKey issuer) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("at", issue.at().toString());
    json.put("software", issue.software());
    json.put("algorithm", IssuerKey.ALGORITHM);
    json.put("publicKey", issuer.base64());
    json.put("fingerprint", issuer.fingerprint());
    return json;
  }

  private static Map<String, @Nullable Object> export(ExportedFile file) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("rows", file.rows());
    json.put("bytes", file.bytes());
    json.put("sha256", file.sha256());
    return json;
  }

  /** The same with texts for numbers that not every program reads exactly. */
  private static @Nullable Object exact(@Nullable Object json) {
    if (json instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> exact = new LinkedHashMap<>();
      map.forEach((key, value) -> exact.put((String) key, exact(value)));
      return exact;
    }
    if (json instanceof List<?> list) {
      List<@Nullable Object> exact = new ArrayList<>();
      list.forEach(each -> exact.add(exact(each)));
      return exact;
    }
    boolean large =
        json instanceof Long number
            && (number < -CanonicalJson.LARGEST || number > CanonicalJson.LARGEST);
    return large ? String.valueOf(json) : json;
  }
}
