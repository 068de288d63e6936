package io.homeport.store;

import io.homeport.state.Change;
import io.homeport.store.RecordFormat.StoredRecord;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * An open database with its prepared statements.
 *
 * <p>The journal is a write-ahead log with {@code synchronous=FULL}: a commit is one append and one
 * fsync of the log, and is safe once it returns (SQLite documentation, "Write-Ahead Logging" and
 * "PRAGMA synchronous").
 *
 * <p>SQLite's cache of pages stays at the 2 MiB that it has by itself: at the end of a commit that
 * divided a page SQLite looks at every page in it, which took up to 40 ms with 32 MiB.
 */
final class SqliteConnection implements AutoCloseable {
  private static final int BUSY_TIMEOUT_MILLIS = 2_000;
  private static final int LOG_SIZE_LIMIT = 64 << 20;

  /**
   * From how many pages in the log on a commit moves them into the database, in SQLite's default
   * 1,000: every checkpoint writes and syncs the database beside the log.
   */
  static final int CHECKPOINT_PAGES = 8_000;

  private final Connection connection;
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement sequence;
  private final PreparedStatement advance;
  private final PreparedStatement put;
  private final PreparedStatement remove;
  private final PreparedStatement removeAll;

  private SqliteConnection(Connection connection) throws SQLException {
    this.connection = connection;
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    commit = connection.prepareStatement("COMMIT");
    sequence = connection.prepareStatement("SELECT value FROM meta WHERE name = 'sequence'");
    advance =
        connection.prepareStatement(
            "UPDATE meta SET value = value + 1 WHERE name = 'sequence' AND value = ?");
    put =
        connection.prepareStatement(
            "INSERT INTO record (kind, key, body) VALUES (?, ?, ?)"
                + " ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body");
    remove = connection.prepareStatement("DELETE FROM record WHERE kind = ? AND key = ?");
    removeAll =
        connection.prepareStatement("DELETE FROM record WHERE kind = ? AND key >= ? AND key < ?");
  }

  /** Opens the file without looking into it. */
  static Connection connect(Path database) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    config.setJournalSizeLimit(LOG_SIZE_LIMIT);
    config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
    return config.createConnection("jdbc:sqlite:" + database);
  }

  /** A connection to a database whose layout is in order; takes the connection over. */
  static SqliteConnection of(Connection connection) throws SQLException {
    try {
      return new SqliteConnection(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  void begin() throws SQLException {
    begin.execute();
  }

  void commit() throws SQLException {
    commit.execute();
  }

  void rollback() throws SQLException {
    execute("ROLLBACK");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The sequence number of the last commit. */
  long sequence() throws SQLException {
    try (ResultSet rows = sequence.executeQuery()) {
      if (!rows.next()) {
        throw new SQLException("the sequence number is missing");
      }
      return rows.getLong(1);
    }
  }

  /** Adds one to the sequence number if it is the expected one; otherwise nothing is changed. */
  boolean advance(long expected) throws SQLException {
    advance.setLong(1, expected);
    return advance.executeUpdate() == 1;
  }

  /** Carries out edits, in order; neighbours of a kind go to the database together. */
  void edit(List<RecordEdit> edits) throws SQLException {
    int from = 0;
    while (from < edits.size()) {
      PreparedStatement statement = statementFor(edits.get(from));
      int to = from;
      while (to < edits.size() && edits.get(to).getClass() == edits.get(from).getClass()) {
        bind(statement, edits.get(to));
        statement.addBatch();
        to++;
      }
      statement.executeBatch();
      from = to;
    }
  }

  private PreparedStatement statementFor(RecordEdit edit) {
    return switch (edit) {
      case RecordEdit.Put _ -> put;
      case RecordEdit.Remove _ -> remove;
      case RecordEdit.RemoveAll _ -> removeAll;
    };
  }

  private static void bind(PreparedStatement statement, RecordEdit edit) throws SQLException {
    switch (edit) {
      case RecordEdit.Put it -> bind(statement, it.kind().word(), it.key(), it.body());
      case RecordEdit.Remove it -> bind(statement, it.kind().word(), it.key());
      case RecordEdit.RemoveAll it -> bind(statement, it.kind().word(), it.prefix(), it.end());
    }
  }

  private static void bind(PreparedStatement statement, String... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setString(i + 1, values[i]);
    }
  }

  /** The same with fresh statements; those that failed cannot be used again. */
  SqliteConnection renewed() throws SQLException {
    for (PreparedStatement each :
        List.of(begin, commit, sequence, advance, put, remove, removeAll)) {
      each.close();
    }
    return new SqliteConnection(connection);
  }

  /** Reads everything, as of one moment. */
  long load(Consumer<Change.Stored> changes) throws SQLException {
    execute("BEGIN");
    try (PreparedStatement select =
            connection.prepareStatement("SELECT kind, key, body FROM record ORDER BY kind, key");
        ResultSet rows = select.executeQuery()) {
      Decoding decoding = new Decoding(changes);
      while (rows.next()) {
        decoding.add(new StoredRecord(rows.getString(1), rows.getString(2), rows.getString(3)));
      }
      decoding.end();
      return sequence();
    } finally {
      rollback();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
