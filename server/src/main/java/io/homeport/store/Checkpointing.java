package io.homeport.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what was committed from SQLite's log into its database while commits go on, so that hardly
 * any commit has to do it and keep others waiting. It takes a thread and a connection of its own. A
 * passive checkpoint keeps nobody from writing (SQLite documentation, "PRAGMA wal_checkpoint").
 * When it cannot keep up or fails, SQLite does the rest within a commit, once the log is as long as
 * it may be.
 */
final class Checkpointing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpointing.class);

  /** Each edit changes about a page; this is half of what the log may hold. */
  private static final int AFTER_EDITS = SqliteConnection.CHECKPOINT_PAGES / 2;

  private static final long PATIENCE_SECONDS = 30;

  private final Path database;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("store-checkpoint").daemon().factory());
  private final AtomicBoolean isUnderWay = new AtomicBoolean();
  private Optional<Connection> connection = Optional.empty();
  private int edits;

  /** For a database whose layout is in order; opens nothing yet. */
  Checkpointing(Path database) {
    this.database = database;
  }

  /** So many records more are in the log. Called by one thread at a time; does not wait. */
  void committed(int more) {
    edits += more;
    if (edits >= AFTER_EDITS && isUnderWay.compareAndSet(false, true)) {
      edits = 0;
      thread.execute(this::run);
    }
  }

  private void run() {
    try {
      Connection open = connected();
      try (Statement statement = open.createStatement()) {
        statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
      }
    } catch (SQLException e) {
      LOG.debug("The log was not moved into the database; a commit will.", e);
    } finally {
      isUnderWay.set(false);
    }
  }

  private Connection connected() throws SQLException {
    if (connection.isPresent()) {
      return connection.get();
    }
    Connection opened = SqliteConnection.connect(database);
    connection = Optional.of(opened);
    return opened;
  }

  /** Waits for the one under way. */
  @Override
  public void close() throws SQLException {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new SQLException("moving the log into the database takes too long");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while the log was moved into the database", e);
    }
    if (connection.isPresent()) {
      connection.get().close();
    }
  }
}
