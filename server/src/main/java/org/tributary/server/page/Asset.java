package org.tributary.server.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;

/**
 * One file that comes with the program, as it is or put together from its parts. Which files those
 * are is a closed list, so that no path of a request is ever looked up.
 */
public final class Asset implements Endpoint {

  private static final String YEAR = "max-age=31536000, immutable";
  private static final String DAY = "max-age=86400";

  private final String path;
  private final String contentType;
  private final byte[] content;
  private final Audience audience;

  private Asset(String path, String contentType, byte[] content, Audience audience) {
    this.path = path;
    this.contentType = contentType;
    this.content = content;
    this.audience = audience;
  }

  /**
   * Reads files that stand on the class path, one behind the other.
   *
   * @param resources their places there, absolute
   */
  public static Asset of(String path, String contentType, String... resources) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (String resource : resources) {
      try (InputStream in = Asset.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException("The program lacks its own file " + resource);
        }
        in.transferTo(content);
      } catch (IOException e) {
        throw new UncheckedIOException("The program's own file " + resource, e);
      }
    }
    return new Asset(path, contentType, content.toByteArray(), Audience.UPLOADERS_AND_READERS);
  }

  /** The same for strangers too. */
  Asset forAnyone() {
    return new Asset(path, contentType, content, Audience.ANYONE);
  }

  /** Its path with a mark of what is in it: a browser that has it need not ask again. */
  String address() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return path + "?" + HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  @Override
  public Method method() {
    return Method.GET;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public Audience audience() {
    return audience;
  }

  @Override
  public Response answer(Request request) {
    return Response.bytes(200, contentType, content)
        .with("Cache-Control", request.parameters().isEmpty() ? DAY : YEAR);
  }
}
