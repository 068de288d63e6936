package io.homeport.store;

import io.homeport.runtime.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The layout of the database and its versions. A fresh file gets the present layout; an older one
 * is converted, after a copy was made; a newer one is refused.
 *
 * @param migrations leads from each earlier format to the next: the first from 1 to 2, and so on
 */
record SqliteFormat(List<Migration> migrations) {
  /** The layouts that this version of Homeport knows. */
  static final SqliteFormat CURRENT = new SqliteFormat(List.of());

  private static final Logger LOG = LoggerFactory.getLogger(SqliteFormat.class);
  private static final int APPLICATION_ID = 0x486f6d65; // "Home", shown by file(1)

  /** One step to the next format. It runs inside a transaction that is not its own. */
  interface Migration {
    /** Converts all that is stored. */
    void run(Connection connection) throws SQLException;
  }

  /** The present format's number. */
  int version() {
    return migrations.size() + 1;
  }

  /** Makes the database ready to be used. */
  void prepare(Connection connection, Path database) throws SQLException, StoreException {
    if (isEmpty(connection)) {
      create(connection);
      return;
    }
    if (number(connection, "PRAGMA application_id") != APPLICATION_ID) {
      throw new StoreException(
          "The file "
              + database
              + " is an SQLite database, but not one of Homeport's. Move it away"
              + " or choose another data directory.");
    }
    int found = (int) number(connection, "SELECT value FROM meta WHERE name = 'format'");
    if (found > version()) {
      throw new StoreException(
          String.format(
              "The database %s has format %d, but this version of Homeport knows formats up to %d:"
                  + " it was written by a newer version. Start that version, or put back the copy"
                  + " that it made before converting (%s).",
              database, found, version(), backup(database, version())));
    }
    if (found < version()) {
      migrate(connection, database, found);
    }
  }

  private static boolean isEmpty(Connection connection) throws SQLException {
    return number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
  }

  private void create(Connection connection) throws SQLException {
    transaction(
        connection,
        it -> {
          execute(it, "PRAGMA application_id = " + APPLICATION_ID);
          execute(it, "CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT");
          execute(it, "INSERT INTO meta VALUES ('sequence', 0)");
          execute(it, "INSERT INTO meta VALUES ('format', " + version() + ")");
          execute(
              it,
              "CREATE TABLE record (kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL,"
                  + " PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID");
        });
  }

  private void migrate(Connection connection, Path database, int found)
      throws SQLException, StoreException {
    Path copy = backup(database, found);
    copyTo(connection, copy);
    LOG.info(
        "Converting {} from format {} to {}; the copy {} can be removed once all is well.",
        database,
        found,
        version(),
        copy);
    transaction(
        connection,
        it -> {
          for (Migration migration : migrations.subList(found - 1, migrations.size())) {
            migration.run(it);
          }
          try (PreparedStatement format =
              it.prepareStatement("UPDATE meta SET value = ? WHERE name = 'format'")) {
            format.setInt(1, version());
            format.executeUpdate();
          }
        });
  }

  private static Path backup(Path database, int format) {
    return database.resolveSibling(database.getFileName() + ".format-" + format);
  }

  private static void copyTo(Connection connection, Path copy) throws SQLException, StoreException {
    Path unfinished = copy.resolveSibling(copy.getFileName() + ".tmp");
    try {
      Files.deleteIfExists(unfinished);
      try (PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
        vacuum.setString(1, unfinished.toString());
        vacuum.execute();
      }
      sync(unfinished);
      Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
      syncDirectory(copy);
    } catch (IOException e) {
      throw new StoreException(
          "The database could not be copied to " + copy + " before converting it: " + e, e);
    }
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Makes the name of a new file in its directory durable. */
  static void syncDirectory(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static void transaction(Connection connection, Migration body) throws SQLException {
    execute(connection, "BEGIN IMMEDIATE");
    try {
      body.run(connection);
      execute(connection, "COMMIT");
    } catch (SQLException e) {
      try {
        execute(connection, "ROLLBACK");
      } catch (SQLException rollback) {
        e.addSuppressed(rollback);
      }
      throw e;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        throw new SQLException("no row for: " + sql);
      }
      return rows.getLong(1);
    }
  }
}
