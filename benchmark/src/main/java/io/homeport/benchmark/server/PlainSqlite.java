package io.homeport.benchmark.server;

import io.homeport.store.StoredRecords;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * What SQLite itself needs for records that are texts already: a table like the store's with the
 * store's settings, each batch one transaction with a write-ahead log that is synced.
 */
final class PlainSqlite {
  private PlainSqlite() {}

  /** Writes batches into a fresh file and gives the seconds that it took. */
  static double write(Path file, List<List<StoredRecords>> batches) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setCacheSize(-(32 << 10));
    config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, "8000");
    try (Connection connection = config.createConnection("jdbc:sqlite:" + file);
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
