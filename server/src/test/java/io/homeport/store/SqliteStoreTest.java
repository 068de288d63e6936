package io.homeport.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeport.runtime.Store;
import io.homeport.runtime.Store.Outcome;
import io.homeport.runtime.StoreException;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStoreTest extends StoreContract {
  @TempDir private Path directory;

  private Path database() {
    return directory.resolve("homeport.db");
  }

  @Override
  Store open() throws StoreException {
    return SqliteStore.open(database());
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void aDatabaseThatSomebodyElseKeepsLockedRefusesCommits() throws Exception {
    try (Store store = SqliteStore.open(database());
        Connection other = SqliteConnection.connect(database())) {
      run(other, "BEGIN IMMEDIATE");

      assertThat(store.commit(0, oneChange(1)))
          .isInstanceOfSatisfying(
              Outcome.Refused.class, refused -> assertThat(refused.why()).contains("locked"));
    }
  }

  @Test
  void aFullDatabaseWritesNothingAndGoesOnOnceThereIsRoom() throws Exception {
    SqliteStore.Preparation small =
        (connection, file) -> {
          SqliteFormat.CURRENT.prepare(connection, file);
          run(connection, "PRAGMA max_page_count = 40");
        };
    List<Change.Stored> large = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      large.addAll(GoldenSamples.many(i));
    }
    try (Store store = SqliteStore.open(database(), small)) {
      assertThat(store.commit(0, oneChange(1))).isEqualTo(new Outcome.Committed(1));
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThat(store.commit(1, large)).isInstanceOf(Outcome.Full.class);
      }
      assertThat(store.commit(1, oneChange(2))).isEqualTo(new Outcome.Committed(2));
      assertThat(loaded(store).reservations()).isEmpty();
    }
    try (Store store = SqliteStore.open(database())) {
      assertThat(store.commit(2, large)).isEqualTo(new Outcome.Committed(3));
      assertThat(loaded(store).reservations()).hasSize(200);
    }
  }

  @Test
  void allOfManyRecordsAreLoadedInTheirOrder() throws Exception {
    List<Change.Stored> many = new ArrayList<>();
    for (int i = 0; i < 3_500; i++) {
      many.addAll(GoldenSamples.many(i));
    }
    try (Store store = open()) {
      long sequence = 0;
      for (int from = 0; from < many.size(); from += 500) {
        List<Change.Stored> part = many.subList(from, Math.min(many.size(), from + 500));
        assertThat(store.commit(sequence, part)).isEqualTo(new Outcome.Committed(++sequence));
      }
      assertThat(loaded(store)).isEqualTo(ClusterState.EMPTY.applyAll(many).durable());
    }
  }

  @Test
  void onlyTheOwnerMayReadTheFiles() throws Exception {
    try (Store store = SqliteStore.open(database())) {
      assertThat(store.commit(0, oneChange(1))).isInstanceOf(Outcome.Committed.class);
      try (var files = Files.list(directory)) {
        assertThat(files.filter(Files::isRegularFile))
            .hasSize(3)
            .allSatisfy(
                file ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
      }
    }
  }

  @Test
  void aNewerFormatIsRefusedUntouched() throws Exception {
    SqliteFormat newer = new SqliteFormat(List.of(_ -> {}));
    SqliteStore.open(database(), newer::prepare).close();
    byte[] before = Files.readAllBytes(database());

    assertThatThrownBy(() -> SqliteStore.open(database()))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll("has format 2", "knows formats up to 1", "newer version");
    assertThat(Files.readAllBytes(database())).isEqualTo(before);
  }

  @Test
  void anOlderFormatIsConvertedAfterACopyWasMade() throws Exception {
    try (Store store = SqliteStore.open(database())) {
      assertThat(store.commit(0, oneChange(1))).isInstanceOf(Outcome.Committed.class);
    }
    SqliteFormat newer =
        new SqliteFormat(
            List.of(
                connection ->
                    run(connection, "UPDATE record SET body = replace(body, 'term1', 'term2')")));

    try (Store store = SqliteStore.open(database(), newer::prepare)) {
      assertThat(loaded(store).term()).isEqualTo("term2");
      assertThat(store.load(_ -> {})).isEqualTo(1);
    }
    try (Store store = SqliteStore.open(database(), newer::prepare)) {
      assertThat(loaded(store).term()).as("not converted twice").isEqualTo("term2");
    }
    try (Store copy = SqliteStore.open(directory.resolve("homeport.db.format-1"))) {
      assertThat(loaded(copy).term()).isEqualTo("term1");
    }
  }

  @Test
  void aFailingConversionLeavesEverythingAsItWas() throws Exception {
    SqliteStore.open(database()).close();
    SqliteFormat failing =
        new SqliteFormat(
            List.of(
                connection -> {
                  run(connection, "DELETE FROM meta");
                  throw new SQLException("no");
                }));

    assertThatThrownBy(() -> SqliteStore.open(database(), failing::prepare))
        .isInstanceOf(StoreException.class);
    try (Store store = SqliteStore.open(database())) {
      assertThat(store.load(_ -> {})).isZero();
    }
  }

  @Test
  void filesThatAreNoStoreAreRefusedUntouched() throws Exception {
    Files.writeString(database(), "this is no database at all, but it is long enough to be one");
    assertThatThrownBy(() -> SqliteStore.open(database()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be opened");

    Path foreign = directory.resolve("foreign.db");
    try (Connection connection = SqliteConnection.connect(foreign)) {
      run(connection, "CREATE TABLE meta (name TEXT, value INTEGER)");
    }
    assertThatThrownBy(() -> SqliteStore.open(foreign))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("not one of Homeport's");
  }

  @Test
  void aRecordThatIsNotUnderstoodIsNamed() throws Exception {
    try (Store store = SqliteStore.open(database())) {
      assertThat(store.commit(0, oneChange(1))).isInstanceOf(Outcome.Committed.class);
    }
    for (String damage :
        List.of(
            "UPDATE record SET body = '{}'",
            "UPDATE record SET kind = 'strange', key = 'x'",
            "UPDATE record SET kind = 'term', key = 'other', body = '{\"term\":\"a\"}'")) {
      try (Connection connection = SqliteConnection.connect(database())) {
        run(connection, damage);
      }
      try (Store store = SqliteStore.open(database())) {
        assertThatThrownBy(() -> store.load(_ -> {}))
            .isInstanceOf(StoreException.class)
            .hasMessageContainingAll(database().toString(), "record ", "Nothing was changed");
      }
    }
  }
}
