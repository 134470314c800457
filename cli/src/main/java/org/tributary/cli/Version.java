package org.tributary.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The program's version, as the build wrote it into the jar. */
final class Version implements IVersionProvider {

  static String text() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "Tributary " + text(), "Java " + Runtime.version() + ", " + System.getProperty("os.name")
    };
  }
}
