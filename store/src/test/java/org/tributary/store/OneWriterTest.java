package org.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What waits for the one writer of a SQLite file is written together, and each hears of its own.
 */
class OneWriterTest {

  @TempDir Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger transactions = new AtomicInteger();
  private Database database;
  private OneWriter writer;

  @BeforeEach
  void open() throws StoreException {
    database =
        Database.openPooled(DatabaseUrl.parse("sqlite:///" + folder.resolve("one.db"), folder), 4);
    writer =
        new OneWriter(
            new OneWriter.Transactions() {
              @Override
              public <T> T run(SqlWork<T> work) throws StoreException {
                transactions.incrementAndGet();
                return database.write(work);
              }
            });
    database.write(connection -> update(connection, "CREATE TABLE t (n INTEGER PRIMARY KEY)"));
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    database.close();
  }

  @Test
  void write_ofManyThatWaitForOne_takesOneTransactionForThem() throws Exception {
    List<Future<Integer>> answers = whileOneWrites(() -> insertAll(0, 10));

    assertThat(sum(answers)).isEqualTo(10);
    assertThat(count()).isEqualTo(10);
    assertThat(transactions).hasValue(2);
  }

  @Test
  void write_ofManyThatWaitForOne_takesNoMoreAtOnceThanMayWaitForEachOther() throws Exception {
    List<Future<Integer>> answers = whileOneWrites(() -> insertAll(0, 40));

    assertThat(sum(answers)).isEqualTo(40);
    assertThat(transactions.get()).isBetween(1 + 3, 1 + 4);
  }

  @Test
  void write_ofManyOfWhichOneFails_storesTheOthersAndTellsThatOneWhy() throws Exception {
    database.write(connection -> update(connection, "INSERT INTO t VALUES (5)"));

    List<Future<Integer>> answers = whileOneWrites(() -> insertAll(0, 10));

    assertThatThrownBy(() -> answers.get(5).get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StoreException.class)
        .hasMessageContaining("UNIQUE");
    answers.remove(5);
    assertThat(sum(answers)).isEqualTo(9);
    assertThat(count()).isEqualTo(10);
  }

  @Test
  void write_ofManyOfWhichOneHasABug_storesTheOthersAndTellsThatOne() throws Exception {
    List<Future<Integer>> answers =
        whileOneWrites(
            () -> {
              List<Future<Integer>> all = insertAll(0, 4);
              all.add(
                  threads.submit(
                      () ->
                          writer.<Integer>write(
                              connection -> {
                                throw new IllegalStateException("a bug");
                              })));
              return all;
            });

    assertThatThrownBy(() -> answers.remove(4).get(30, TimeUnit.SECONDS))
        .hasRootCauseMessage("a bug");
    assertThat(sum(answers)).isEqualTo(4);
    assertThat(count()).isEqualTo(4);
  }

  private interface Others {
    List<Future<Integer>> come() throws Exception;
  }

  /** Lets others come while somebody writes, and waits until they wait. */
  private List<Future<Integer>> whileOneWrites(Others others) throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Future<Boolean> one =
        threads.submit(
            () ->
                writer.write(
                    connection -> {
                      writing.countDown();
                      return await(end);
                    }));
    assertThat(writing.await(30, TimeUnit.SECONDS)).isTrue();
    List<Future<Integer>> answers = others.come();
    while (writer.waiting() < answers.size()) {
      Thread.onSpinWait();
    }
    end.countDown();
    assertThat(one.get(30, TimeUnit.SECONDS)).isTrue();
    return answers;
  }

  private List<Future<Integer>> insertAll(int from, int to) {
    List<Future<Integer>> answers = new ArrayList<>();
    for (int n = from; n < to; n++) {
      String sql = "INSERT INTO t VALUES (%d)".formatted(n);
      answers.add(threads.submit(() -> writer.write(connection -> update(connection, sql))));
    }
    return answers;
  }

  private static int sum(List<Future<Integer>> answers) throws Exception {
    int sum = 0;
    for (Future<Integer> answer : answers) {
      sum += answer.get(30, TimeUnit.SECONDS);
    }
    return sum;
  }

  private int count() throws StoreException {
    return database.read(
        connection -> {
          try (Statement select = connection.createStatement();
              ResultSet found = select.executeQuery("SELECT COUNT(*) FROM t")) {
            found.next();
            return found.getInt(1);
          }
        });
  }

  private static int update(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
