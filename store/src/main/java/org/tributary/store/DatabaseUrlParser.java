package org.tributary.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tributary.store.DatabaseUrl.Dialect;

/**
 * Reads one database URL for {@link DatabaseUrl}, in JDBC or SQLAlchemy form, and brings it into
 * the one form that the drivers understand.
 *
 * <p>A password may hold anything, even what a URL would have to encode: the login ends at the last
 * {@code @}, as it does in SQLAlchemy. So no part of a URL is quoted in a message before it is
 * certain that it isn't part of a password.
 */
final class DatabaseUrlParser {
  private static final String EXAMPLES =
      "sqlite:////absolute/file.db, mysql://user:password@host:3306/database or"
          + " postgresql://user:password@host:5432/database";

  private static final Pattern FORM =
      Pattern.compile("(jdbc:)?([a-z]+)(\\+\\w+)?:(.*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern LOGIN = Pattern.compile("([^:/?]*)(?::(.*))?@(.*)");
  private static final Pattern PLACE =
      Pattern.compile("(\\[[^]/]*]|[^:/\\[\\]]*)(?::([^/]*))?(?:/(.*))?");
  private static final Pattern HOST =
      Pattern.compile("[\\p{L}\\p{N}._-]+|\\[[0-9A-Fa-f:.]+(?:%\\w+)?]");
  private static final Pattern PORT = Pattern.compile("\\d{1,5}");
  private static final Pattern PASSWORD_TO_END =
      Pattern.compile("([?&](?:password|passwd|pwd)=).*", Pattern.CASE_INSENSITIVE);
  private static final Pattern ENCODED = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

  /** What only Python's drivers understand, and ours do by themselves. */
  private static final Set<String> PYTHON_ONLY =
      Set.of("charset", "use_unicode", "binary_prefix", "client_encoding", "connect_timeout");

  private final String text;
  private final Path base;

  DatabaseUrlParser(String text, Path base) {
    this.text = text;
    this.base = base;
  }

  DatabaseUrl parse() {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("not a database URL; expected " + EXAMPLES);
    }
    boolean jdbc = form.group(1) != null;
    String scheme = form.group(2).toLowerCase(Locale.ROOT);
    String rest = form.group(4);
    return switch (scheme) {
      case "sqlite" -> sqlite(jdbc ? rest : sqlalchemyFile(rest));
      case "mysql", "mariadb" -> server(Dialect.MYSQL, 3306, jdbc, rest);
      case "postgresql", "postgres" -> server(Dialect.POSTGRESQL, 5432, jdbc, rest);
      default ->
          throw new IllegalArgumentException(
              "\"%s\" is not a kind of database that can be opened; expected %s"
                  .formatted(scheme, EXAMPLES));
    };
  }

  private static String sqlalchemyFile(String rest) {
    if (rest.startsWith("///")) {
      return rest.substring(3);
    }
    if (rest.isEmpty() || rest.equals("//")) {
      return ":memory:"; // what SQLAlchemy makes of it
    }
    throw new IllegalArgumentException(
        "a SQLite URL has three slashes before a relative file and four before an absolute one;"
            + " expected sqlite:///file.db or sqlite:////absolute/file.db");
  }

  private DatabaseUrl sqlite(String nameAndParameters) {
    String name = beforeQuery(nameAndParameters);
    if (name.isEmpty() || name.startsWith(":") || name.startsWith("file:")) {
      throw new IllegalArgumentException(
          "a database in memory would not survive a restart, and file: URIs are not read;"
              + " expected the name of a file, as in sqlite:////absolute/file.db");
    }
    if (name.endsWith("/")) {
      throw new IllegalArgumentException(
          "names a folder; expected the name of a file, as in sqlite:////absolute/file.db");
    }
    try {
      Path file = base.resolve(name).toAbsolutePath().normalize();
      return new DatabaseUrl(
          Dialect.SQLITE, Dialect.SQLITE.jdbcPrefix + file, Optional.empty(), Optional.empty());
    } catch (InvalidPathException invalid) {
      throw new IllegalArgumentException(
          "not the name of a file (%s)".formatted(invalid.getReason()), invalid);
    }
  }

  private DatabaseUrl server(Dialect dialect, int usualPort, boolean jdbc, String rest) {
    if (!rest.startsWith("//")) {
      throw refused(dialect, "two slashes should follow the scheme");
    }
    // JDBC parameters may hold an @ (password=p@ss), SQLAlchemy passwords may hold a ?
    String body = rest.substring(2);
    Login login = jdbc ? login(beforeQuery(body)) : login(body);
    Parameters parameters = new Parameters(dialect, jdbc, login);
    parameters.readAll(jdbc ? afterQuery(body) : afterQuery(login.place()));
    return new DatabaseUrl(
        dialect,
        dialect.jdbcPrefix
            + place(dialect, usualPort, beforeQuery(login.place()))
            + parameters.kept(),
        parameters.user,
        parameters.password);
  }

  /** Who logs in, and the rest of the URL: where. */
  private record Login(Optional<String> user, Optional<Secret> password, String place) {}

  private static Login login(String body) {
    Matcher login = LOGIN.matcher(body);
    if (!login.matches()) {
      return new Login(Optional.empty(), Optional.empty(), body);
    }
    return new Login(
        Optional.of(decoded(login.group(1))).filter(user -> !user.isEmpty()),
        Optional.ofNullable(login.group(2)).map(DatabaseUrlParser::decoded).map(Secret::new),
        login.group(3));
  }

  private String place(Dialect dialect, int usualPort, String written) {
    Matcher place = PLACE.matcher(written);
    if (!place.matches()) {
      throw refused(dialect, "host and port can't be told apart");
    }
    String host = place.group(1).isEmpty() ? "localhost" : place.group(1);
    if (!HOST.matcher(host).matches()) {
      throw refused(dialect, "the host is not one name or address");
    }
    String port = place.group(2);
    if (port == null || port.isEmpty()) {
      port = Integer.toString(usualPort);
    }
    if (!PORT.matcher(port).matches() || !isPort(Integer.parseInt(port))) {
      throw refused(dialect, "the port is not a number from 1 to 65535");
    }
    String database = place.group(3);
    if (database == null || database.isEmpty()) {
      throw refused(dialect, "it names no database");
    }
    if (database.matches(".*[/#\\s].*")) {
      throw refused(dialect, "the name of the database holds a slash, a blank or a #");
    }
    return host + ":" + Integer.parseInt(port) + "/" + database;
  }

  private static boolean isPort(int number) {
    return number >= 1 && number <= 65535;
  }

  /** Sorts what stands after the question mark: who logs in, what the driver needs, the rest. */
  private final class Parameters {
    private final Dialect dialect;
    private final boolean jdbc;
    private final List<String> kept = new ArrayList<>();
    private Optional<String> user;
    private Optional<Secret> password;

    Parameters(Dialect dialect, boolean jdbc, Login login) {
      this.dialect = dialect;
      this.jdbc = jdbc;
      this.user = login.user();
      this.password = login.password();
    }

    void readAll(String query) {
      for (String parameter : query.split("&", -1)) {
        if (!parameter.isEmpty()) {
          read(parameter);
        }
      }
    }

    private void read(String parameter) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
      switch (name.toLowerCase(Locale.ROOT)) {
        case "user" -> {
          onlyOnce(name, user);
          user = Optional.of(value);
        }
        case "password", "passwd" -> {
          onlyOnce(name, password);
          password = Optional.of(new Secret(value));
        }
        default -> {
          if (jdbc) {
            kept.add(parameter);
          } else {
            readSqlalchemy(name, parameter);
          }
        }
      }
    }

    private void onlyOnce(String name, Optional<?> before) {
      if (before.isPresent()) {
        throw refused(dialect, "it gives the %s twice".formatted(name));
      }
    }

    private void readSqlalchemy(String name, String parameter) {
      // leaving these out would connect elsewhere, or without the protection that was asked for
      if (name.equals("unix_socket") || name.equals("host")) {
        throw refused(dialect, "%s is not supported, write host and port".formatted(name));
      }
      if (dialect == Dialect.MYSQL && name.startsWith("ssl")) {
        throw refused(
            dialect,
            "%s is not supported, write the JDBC form with sslMode=… and serverSslCert=…"
                .formatted(name));
      }
      if (!PYTHON_ONLY.contains(name)) {
        kept.add(parameter);
      }
    }

    String kept() {
      return kept.isEmpty() ? "" : "?" + String.join("&", kept);
    }
  }

  private IllegalArgumentException refused(Dialect dialect, String why) {
    return new IllegalArgumentException(
        "%s in %s; expected %s://user:password@host:port/database"
            .formatted(why, shown(), dialect.scheme));
  }

  /**
   * The URL as it may be shown although it is malformed and its parts can't be told apart: what
   * follows a password parameter, and what stands between the first colon of the login and the last
   * {@code @} (or the end, if there is none and no port follows the colon), may be the password.
   */
  private String shown() {
    String masked = PASSWORD_TO_END.matcher(text).replaceFirst("$1***");
    int slashes = masked.indexOf("//");
    int colon = masked.indexOf(':', slashes < 0 ? 0 : slashes + 2);
    int at = masked.lastIndexOf('@');
    if (colon < 0) {
      return masked;
    }
    if (at > colon) {
      return masked.substring(0, colon) + ":***" + masked.substring(at);
    }
    boolean portFollows = masked.substring(colon).matches(":\\d*(?:[/?].*)?");
    return portFollows ? masked : masked.substring(0, colon) + ":***";
  }

  private static String beforeQuery(String text) {
    int question = text.indexOf('?');
    return question < 0 ? text : text.substring(0, question);
  }

  private static String afterQuery(String text) {
    int question = text.indexOf('?');
    return question < 0 ? "" : text.substring(question + 1);
  }

  /** Percent-decodes; a percent sign that encodes nothing, and a plus sign, stay as they are. */
  private static String decoded(String text) {
    return ENCODED
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    new String(
                        HexFormat.of().parseHex(found.group().replace("%", "")),
                        StandardCharsets.UTF_8)));
  }
}
