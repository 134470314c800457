package org.tributary.server.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * A library for browsers that comes with the program, as a jar of its files.
 *
 * @param group and {@code name}: as Maven Central calls it
 */
public record WebJar(String group, String name) {

  /**
   * Where one of its files stands on the class path: their path has the version, which the build
   * decides.
   */
  public String resource(String file) {
    Properties properties = new Properties();
    String place = "/META-INF/maven/%s/%s/pom.properties".formatted(group, name);
    try (InputStream in = WebJar.class.getResourceAsStream(place)) {
      if (in == null) {
        throw new IllegalStateException("The program lacks its library " + name);
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(place, e);
    }
    return "/META-INF/resources/webjars/%s/%s/%s"
        .formatted(name, properties.getProperty("version"), file);
  }
}
