package io.homeport.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What SQLite itself needs for records that are texts already: a table like the store's with the
 * store's settings, each batch one transaction with a write-ahead log that is synced. It is in the
 * store's package to open its file as the store does.
 */
public final class PlainSqlite {
  private PlainSqlite() {}

  /**
   * Writes batches, one transaction each.
   *
   * @param file where nothing is yet
   * @param batches what was committed to a fresh store
   * @return the seconds that writing took
   * @throws SQLException when SQLite refuses one
   */
  public static double write(Path file, List<List<StoredRecords>> batches) throws SQLException {
    try (Connection connection = SqliteConnection.connect(file);
        Statement plain = connection.createStatement()) {
      plain.execute(
          "CREATE TABLE record (kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL,"
              + " PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID");
      connection.setAutoCommit(false);
      try (PreparedStatement put =
              connection.prepareStatement("INSERT OR REPLACE INTO record VALUES (?, ?, ?)");
          PreparedStatement remove =
              connection.prepareStatement("DELETE FROM record WHERE kind = ? AND key = ?")) {
        long begun = System.nanoTime();
        for (List<StoredRecords> batch : batches) {
          write(batch, put, remove);
          connection.commit();
        }
        return (System.nanoTime() - begun) / 1e9;
      }
    }
  }

  private static void write(
      List<StoredRecords> batch, PreparedStatement put, PreparedStatement remove)
      throws SQLException {
    for (StoredRecords record : batch) {
      PreparedStatement statement = record.body().isPresent() ? put : remove;
      statement.setString(1, record.kind());
      statement.setString(2, record.key());
      if (record.body().isPresent()) {
        statement.setString(3, record.body().get());
      }
      statement.executeUpdate();
    }
  }
}
