package org.tributary.store;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a database is and who logs in to it, whichever way the configuration spelled it.
 *
 * <p>It prints without its password. {@link #jdbc()} is for the driver alone: user and password are
 * taken out of it, but other parameters stay as they were written, and a log has no need of them.
 *
 * @param jdbc in one of three forms: {@code jdbc:sqlite:/absolute/path}, {@code
 *     jdbc:mariadb://host:port/database}, {@code jdbc:postgresql://host:port/database}; the latter
 *     two with the parameters they came with
 */
public record DatabaseUrl(
    Dialect dialect, String jdbc, Optional<String> user, Optional<Secret> password) {

  /** The kinds of database that can be opened, by what a person calls them. */
  public enum Dialect {
    SQLITE("sqlite", "jdbc:sqlite:"),
    /** MySQL and MariaDB: one driver speaks to both. */
    MYSQL("mysql", "jdbc:mariadb://"),
    POSTGRESQL("postgresql", "jdbc:postgresql://");

    final String scheme;
    final String jdbcPrefix;

    Dialect(String scheme, String jdbcPrefix) {
      this.scheme = scheme;
      this.jdbcPrefix = jdbcPrefix;
    }
  }

  /** What follows the prefix of a server: host, port, database, parameters. */
  private static final Pattern SERVER =
      Pattern.compile("(\\[[^]]+]|[^\\[\\]:/?,@\\s]+):(\\d{1,5})/([^/?#\\s]+)(\\?.*)?");

  private static final Pattern PASSWORD_PARAMETER =
      Pattern.compile(
          "((?:password|passwd|pwd)\"?\\s*[=:]\\s*)"
              + "(?!(?:yes|no)\\))" // drivers say whether a password was used
              + "(?:\"[^\"]*\"|'[^']*'|[^\\s&]+)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CREDENTIALS_OF_URL = Pattern.compile("(://[^\\s:/@]*):\\S*@");
  private static final Pattern BARE_CREDENTIALS =
      Pattern.compile("(^|[\\s\"'(=,])([\\w.%+-]+):(?!//)[^\\s/]+@");

  public DatabaseUrl {
    requireNonNull(dialect, "dialect");
    requireNonNull(user, "user");
    requireNonNull(password, "password");
    String expected = dialect.jdbcPrefix;
    boolean fits =
        jdbc.startsWith(expected)
            && switch (dialect) {
              case SQLITE -> Path.of(jdbc.substring(expected.length())).isAbsolute();
              case MYSQL, POSTGRESQL -> SERVER.matcher(jdbc.substring(expected.length())).matches();
            };
    if (!fits) { // it is not shown: nobody has taken a password out of it yet
      throw new IllegalArgumentException(
          "Not the normal form of a JDBC URL for %s, which begins with %s; parse() makes it"
              .formatted(dialect, expected));
    }
  }

  /**
   * Reads a URL in JDBC form ({@code jdbc:mysql://host/db?user=u&password=p}) or in the SQLAlchemy
   * form that existing configuration files hold ({@code mysql://u:p@host:3307/db}, {@code
   * sqlite:////absolute/house.db}).
   *
   * @param base the folder that a relative SQLite file is sought in
   * @throws IllegalArgumentException with a sentence for the operator, which says what is wrong and
   *     what is expected, and never holds the password
   */
  public static DatabaseUrl parse(String text, Path base) {
    return new DatabaseUrlParser(text.strip(), base).parse();
  }

  /** The file of a SQLite database; empty for a server. */
  public Optional<Path> file() {
    return dialect == Dialect.SQLITE ? Optional.of(Path.of(afterPrefix())) : Optional.empty();
  }

  /** The name or address of a server, an IPv6 address without its brackets; empty for SQLite. */
  public Optional<String> host() {
    if (dialect == Dialect.SQLITE) {
      return Optional.empty();
    }
    String host = server().group(1);
    return Optional.of(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
  }

  /** The port of a server; empty for SQLite. */
  public OptionalInt port() {
    return dialect == Dialect.SQLITE
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(server().group(2)));
  }

  /** The same database seen from elsewhere, such as through the near end of an SSH tunnel. */
  public DatabaseUrl withHostAndPort(String host, int port) {
    if (dialect == Dialect.SQLITE) {
      throw new IllegalStateException("%s is a file and has no host".formatted(printable()));
    }
    Matcher server = server();
    String query = server.group(4) == null ? "" : server.group(4);
    return new DatabaseUrl(
        dialect,
        dialect.jdbcPrefix + bracketed(host) + ":" + port + "/" + server.group(3) + query,
        user,
        password);
  }

  /** The URL as a person would write it, without password and parameters. */
  public String printable() {
    if (dialect == Dialect.SQLITE) {
      return "sqlite:///" + afterPrefix();
    }
    Matcher server = server();
    String login = user.map(name -> encoded(name) + "@").orElse("");
    return "%s://%s%s:%s/%s"
        .formatted(dialect.scheme, login, server.group(1), server.group(2), server.group(3));
  }

  @Override
  public String toString() {
    return printable();
  }

  /**
   * Masks what looks like a password in any text, such as a driver's message on its way to the log:
   * {@code scheme://user:secret@}, {@code user:secret@}, {@code password=secret}. When in doubt it
   * masks more.
   */
  public static String redact(String anyText) {
    String text = PASSWORD_PARAMETER.matcher(anyText).replaceAll("$1***");
    text = CREDENTIALS_OF_URL.matcher(text).replaceAll("$1:***@");
    return BARE_CREDENTIALS.matcher(text).replaceAll("$1$2:***@");
  }

  static String bracketed(String host) {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private String afterPrefix() {
    return jdbc.substring(dialect.jdbcPrefix.length());
  }

  private Matcher server() {
    Matcher server = SERVER.matcher(afterPrefix());
    if (!server.matches()) {
      throw new IllegalStateException("The constructor checks this");
    }
    return server;
  }

  private static String encoded(String user) {
    return URLEncoder.encode(user, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
