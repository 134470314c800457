package org.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.store.DatabaseUrl.Dialect;

class DatabaseUrlTest {
  static final Path BASE = Path.of("/etc/tributary");

  @ParameterizedTest
  @CsvSource({
    "sqlite:///house.db,                    /etc/tributary/house.db",
    "sqlite:///../lib/house.db,             /etc/lib/house.db",
    "sqlite:////var/lib/house.db,           /var/lib/house.db",
    "sqlite+pysqlite:////var/lib/house.db,  /var/lib/house.db",
    "SQLite:////var/lib/house.db,           /var/lib/house.db",
    "sqlite:////var/lib/a@b:c.db,           /var/lib/a@b:c.db",
    "sqlite:///house.db?timeout=30,         /etc/tributary/house.db",
    "jdbc:sqlite:house.db,                  /etc/tributary/house.db",
    "jdbc:sqlite:/var/lib/house.db,         /var/lib/house.db",
    "jdbc:sqlite:/my data/häuser.db,        /my data/häuser.db",
  })
  void parse_whenSqlite_findsTheFile(String text, Path file) {
    DatabaseUrl url = parse(text);

    assertThat(url.dialect()).isEqualTo(Dialect.SQLITE);
    assertThat(url.file()).contains(file);
    assertThat(url.jdbc()).isEqualTo("jdbc:sqlite:" + file);
    assertThat(url.host()).isEmpty();
    assertThat(url.port()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "mysql://h:3307/db,                   jdbc:mariadb://h:3307/db",
    "mysql://h/db,                        jdbc:mariadb://h:3306/db",
    "mysql://h:/db,                       jdbc:mariadb://h:3306/db",
    "mysql:///db,                         jdbc:mariadb://localhost:3306/db",
    "mysql://127.0.0.1/db,                jdbc:mariadb://127.0.0.1:3306/db",
    "mysql://[::1]/db,                    jdbc:mariadb://[::1]:3306/db",
    "mysql://[fe80::1%eth0]:3307/db,      jdbc:mariadb://[fe80::1%eth0]:3307/db",
    "mysql+pymysql://h/db,                jdbc:mariadb://h:3306/db",
    "mysql+mysqldb://h/db,                jdbc:mariadb://h:3306/db",
    "mariadb://h/db,                      jdbc:mariadb://h:3306/db",
    "mariadb+mariadbconnector://h/db,     jdbc:mariadb://h:3306/db",
    "'  mysql://h/db  ',                  jdbc:mariadb://h:3306/db",
    "mysql://h/db?charset=utf8mb4,        jdbc:mariadb://h:3306/db",
    "mysql://h/db?charset=utf8&use_unicode=0, jdbc:mariadb://h:3306/db",
    "jdbc:mysql://h/db,                   jdbc:mariadb://h:3306/db",
    "jdbc:mariadb://h:3307/db,            jdbc:mariadb://h:3307/db",
    "jdbc:mariadb://h/db?sslMode=trust&user=u&socketTimeout=5,"
        + " jdbc:mariadb://h:3306/db?sslMode=trust&socketTimeout=5",
    "postgresql://h/db,                   jdbc:postgresql://h:5432/db",
    "postgres://h:5433/db,                jdbc:postgresql://h:5433/db",
    "postgresql+psycopg2://h/db,          jdbc:postgresql://h:5432/db",
    "postgresql://h/db?sslmode=require,   jdbc:postgresql://h:5432/db?sslmode=require",
    "jdbc:postgresql://[::1]:5433/db,     jdbc:postgresql://[::1]:5433/db",
    "jdbc:postgresql://h/db?ssl=true,     jdbc:postgresql://h:5432/db?ssl=true",
  })
  void parse_whenServer_makesTheJdbcUrlOfOurDrivers(String text, String jdbc) {
    assertThat(parse(text).jdbc()).isEqualTo(jdbc);
  }

  @ParameterizedTest
  @CsvSource({
    "mysql://user:pw@h/db,                    user,  pw",
    "mysql+pymysql://user:pw@h:3307/db,       user,  pw",
    "jdbc:mysql://user:pw@h/db,               user,  pw",
    "mysql://us%40er:p%40s%2Fs%3A%25@h/db,    us@er, p@s/s:%",
    "mysql://user:%C3%BCber@h/db,             user,  über",
    "mysql://user:a+b@h/db,                   user,  a+b",
    "mysql://user:100%@h/db,                  user,  100%",
    "mysql://user:p@ss@h/db,                  user,  p@ss",
    "mysql://user:p:s@h/db,                   user,  p:s",
    "mysql://user:p/s?s@h/db,                 user,  p/s?s",
    "mysql://user:$1\\0@h/db,                 user,  $1\\0",
    "mysql://user:pw@[::1]:3307/db,           user,  pw",
    "mysql://h/db?user=user&password=pw,      user,  pw",
    "jdbc:mysql://h/db?user=user&password=pw, user,  pw",
    "jdbc:mysql://h/db?password=p@ss%26&user=user, user, p@ss&",
    "jdbc:postgresql://h/db?User=user&PASSWORD=pw, user, pw",
    "postgres://user:pw@h/db,                 user,  pw",
  })
  void parse_whenTheUrlHoldsALogin_takesItOut(String text, String user, String password) {
    DatabaseUrl url = parse(text);

    assertThat(url.user()).contains(user);
    assertThat(url.password()).contains(new Secret(password));
    assertThat(url.jdbc()).matches("jdbc:\\w+://(h|\\[::1]):\\d+/db");
  }

  @Test
  void parse_whenThereIsNoPassword_hasNone() {
    DatabaseUrl url = parse("mysql://chuser@localhost/ch");

    assertThat(url.user()).contains("chuser");
    assertThat(url.password()).isEmpty();
  }

  @Test
  void parse_whenThePasswordIsEmpty_keepsItSo() {
    assertThat(parse("mysql://chuser:@localhost/ch").password()).contains(new Secret(""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                               | not a database URL",
        "house.db                         | not a database URL",
        "oracle://h/db                    | \"oracle\" is not a kind of database",
        "http://h/db                      | \"http\" is not a kind of database",
        "sqlite://                        | would not survive a restart",
        "sqlite:///                       | would not survive a restart",
        "sqlite:///:memory:               | would not survive a restart",
        "jdbc:sqlite:                     | would not survive a restart",
        "jdbc:sqlite::memory:             | would not survive a restart",
        "jdbc:sqlite:file:x?mode=memory   | file: URIs are not read",
        "sqlite://house.db                | four before an absolute",
        "sqlite:////var/lib/              | names a folder",
        "mysql://h                        | names no database",
        "mysql://h/                       | names no database",
        "mysql://h:3306                   | names no database",
        "mysql://h/a/b                    | a slash, a blank or a #",
        "mysql://h/db#comment             | a slash, a blank or a #",
        "mysql://h:0/db                   | not a number from 1 to 65535",
        "mysql://h:65536/db               | not a number from 1 to 65535",
        "mysql://h:port/db                | not a number from 1 to 65535",
        "mysql://h1,h2/db                 | not one name or address",
        "mysql://[::1/db                  | can't be told apart",
        "mysql:h/db                       | two slashes",
        "jdbc:mysql:replication://h/db    | two slashes",
        "mysql://h/db?unix_socket=/run/x  | unix_socket is not supported",
        "mysql://h/db?ssl_ca=/etc/ca.pem  | sslMode",
        "postgresql:///db?host=/run/x     | host is not supported",
        "mysql://a@h/db?user=b            | gives the user twice",
      })
  void parse_whenMalformed_saysWhatIsWrongAndWhatIsExpected(String text, String wrong) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(wrong)
        .hasMessageContaining("expected");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://user:canary@h:port/db",
        "mysql://user:canary@h",
        "mysql://user:canary@h:99999/db",
        "mysql://user:canary/canary?canary#canary@h",
        "mysql://user:ca@canary@h",
        "mysql://user:canary h/db",
        "mysql://user:canary canary@h",
        "mysql://user:canary/db",
        "mysql://user:canary",
        "mysql://:canary@h",
        "mysql:user:canary@h/db",
        "mysql:/user:canary@h/db",
        "mysql:canary",
        "mysql+pymysql://user:canary@[::1/db",
        "jdbc:mysql://user:canary?canary@h/db",
        "jdbc:mysql://h/?user=u&password=canary",
        "jdbc:mysql://h/?password=x canary@canary",
        "jdbc:postgresql://h:x/db?user=u&password=canary@canary",
        "mysql://h:3306?password=x canary@canary",
        "mysql://h/db?unix_socket=/x&password=canary",
        "mysql://user:canary@h/db?password=canary",
        "sqlite://user:canary@h/db",
        "oracle://user:canary@h/db",
        "user:canary@h/db",
        "://user:canary@h/db",
        "mysql//user:canary@h/db",
        "canary",
      })
  void parse_whenMalformed_neverTellsThePassword(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("canary")
        .hasNoCause();
  }

  @Test
  void parse_whenThePortIsWrong_showsTheRestOfTheUrl() {
    assertThatThrownBy(() -> parse("mysql://user:canary@h:99999/db"))
        .hasMessageContaining("mysql://user:***@h:99999/db");
  }

  @ParameterizedTest
  @CsvSource({
    "mysql://user:canary@host:3307/db,            mysql://user@host:3307/db",
    "mariadb://host/db,                           mysql://host:3306/db",
    "jdbc:mysql://host/db?user=u&password=canary, mysql://u@host:3306/db",
    "jdbc:mysql://host/db?trustStorePassword=canary, mysql://host:3306/db",
    "postgres://us%40er:canary@[::1]/db,          postgresql://us%40er@[::1]:5432/db",
    "jdbc:sqlite:/var/lib/house.db,               sqlite:////var/lib/house.db",
  })
  void printable_isTheUrlWithoutItsPassword(String text, String printable) {
    DatabaseUrl url = parse(text);

    assertThat(url.printable()).isEqualTo(printable);
    assertThat(url).hasToString(printable);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://us%40er@host:3307/db",
        "postgresql://[::1]:5432/db",
        "sqlite:////var/lib/house.db"
      })
  void printable_whenParsedAgain_meansTheSame(String text) {
    assertThat(parse(parse(text).printable())).isEqualTo(parse(text));
  }

  @Test
  void hostAndPort_ofAServer_areThoseItListensAt() {
    assertThat(parse("mysql://h:3307/db").host()).contains("h");
    assertThat(parse("mysql://h:3307/db").port()).hasValue(3307);
    assertThat(parse("mysql://[::1]/db").host()).contains("::1");
    assertThat(parse("mysql://h/db").file()).isEmpty();
  }

  @Test
  void withHostAndPort_keepsEverythingElse() {
    DatabaseUrl far = parse("jdbc:mariadb://central:3307/db?user=u&password=p&sslMode=trust");

    DatabaseUrl near = far.withHostAndPort("127.0.0.1", 40123);

    assertThat(near.jdbc()).isEqualTo("jdbc:mariadb://127.0.0.1:40123/db?sslMode=trust");
    assertThat(near.user()).contains("u");
    assertThat(near.password()).contains(new Secret("p"));
  }

  @Test
  void withHostAndPort_whenTheHostIsIpv6_putsItInBrackets() {
    assertThat(parse("mysql://h/db").withHostAndPort("::1", 1).jdbc())
        .isEqualTo("jdbc:mariadb://[::1]:1/db");
  }

  @Test
  void withHostAndPort_whenSqlite_isRefused() {
    DatabaseUrl url = parse("sqlite:///house.db");

    assertThatThrownBy(() -> url.withHostAndPort("h", 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void constructor_whenTheJdbcUrlIsNotInNormalForm_isRefusedWithoutShowingIt() {
    assertThatThrownBy(
            () ->
                new DatabaseUrl(
                    Dialect.MYSQL,
                    "jdbc:mysql://u:canary@h/db",
                    Optional.empty(),
                    Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("canary");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "at mysql://u:canary@h/db, again      | at mysql://u:***@h/db, again",
        "a://u:canary@h and b://v:canary@i    | a://u:***@h and b://v:***@i",
        "http://u:ca@nary@h/                  | http://u:***@h/",
        "jdbc:mysql://u:canary@h/db           | jdbc:mysql://u:***@h/db",
        "login chuser:canary@127.0.0.1        | login chuser:***@127.0.0.1",
        "jdbc:x://h/db?password=canary&a=1    | jdbc:x://h/db?password=***&a=1",
        "x?trustStorePassword=canary          | x?trustStorePassword=***",
        "{user=u, password=canary}            | {user=u, password=***",
        "\"password\": \"can ary\"            | \"password\": ***",
        "passwd='can ary' pwd: canary         | passwd=*** pwd: ***",
        "denied for 'u' (using password: YES) | denied for 'u' (using password: YES)",
        "mysql://h:3306/db at 12:30:59        | mysql://h:3306/db at 12:30:59",
        "mail me@example.org at 12:30         | mail me@example.org at 12:30",
      })
  void redact_masksWhatLooksLikeAPassword(String text, String redacted) {
    assertThat(DatabaseUrl.redact(text)).isEqualTo(redacted);
  }

  static DatabaseUrl parse(String text) {
    return DatabaseUrl.parse(text, BASE);
  }
}
