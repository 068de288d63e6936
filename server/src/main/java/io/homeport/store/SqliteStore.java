package io.homeport.store;

import io.homeport.runtime.Store;
import io.homeport.runtime.StoreException;
import io.homeport.state.Change;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The store in one SQLite file: a table of records (kind, key, JSON body) and the sequence number
 * of the last commit. A commit is one transaction, and it is on disk when it returns.
 *
 * <p>May be used from any thread, by one at a time.
 */
public final class SqliteStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);

  private final Path database;
  private final Preparation preparation;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("store").daemon().factory());
  private SqliteConnection connection;
  private Checkpointing checkpointing;
  private boolean broken;

  /** What is done to a connection before it is used. */
  interface Preparation {
    /** Brings the database into the present format, or refuses it. */
    void prepare(Connection connection, Path database) throws SQLException, StoreException;
  }

  private SqliteStore(Path database, Preparation preparation) throws SQLException, StoreException {
    this.database = database;
    this.preparation = preparation;
    this.connection = connected(database, preparation);
    this.checkpointing = new Checkpointing(database);
  }

  /**
   * Opens the store, making an empty one if there is none.
   *
   * @param database the file; SQLite keeps two more beside it while it is open
   * @throws StoreException when it cannot be used, is no store of Homeport, or was written by a
   *     newer version
   */
  public static SqliteStore open(Path database) throws StoreException {
    return open(database, SqliteFormat.CURRENT::prepare);
  }

  static SqliteStore open(Path database, Preparation preparation) throws StoreException {
    try {
      NativeLibrary.prepare(database);
      createFile(database);
      return new SqliteStore(database, preparation);
    } catch (SQLException | IOException e) {
      throw new StoreException(
          "The database " + database + " cannot be opened: " + e.getMessage(), e);
    }
  }

  // SQLite gives its other files the permissions of this one. Environments may hold secrets.
  private static void createFile(Path database) throws IOException {
    try {
      Files.createFile(
          database,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      SqliteFormat.syncDirectory(database);
    } catch (FileAlreadyExistsException e) {
      LOG.debug("{} is there already.", database, e);
    }
  }

  private static SqliteConnection connected(Path database, Preparation preparation)
      throws SQLException, StoreException {
    Connection connection = SqliteConnection.connect(database);
    try {
      preparation.prepare(connection, database);
    } catch (SQLException | StoreException | RuntimeException e) {
      connection.close();
      throw e;
    }
    return SqliteConnection.of(connection);
  }

  @Override
  public synchronized long load(Consumer<Change.Stored> changes) throws StoreException {
    try {
      return connection.load(changes);
    } catch (MalformedRecordException e) {
      throw new StoreException(
          "The database "
              + database
              + " holds something that this version of Homeport does not understand: "
              + e.getMessage()
              + ". Nothing was changed. Put back a copy of the database that is in order.",
          e);
    } catch (SQLException e) {
      throw new StoreException(
          "The database " + database + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public CompletableFuture<Outcome> begin(long expected, List<Change.Stored> changes) {
    return CompletableFuture.supplyAsync(() -> commit(expected, changes), thread);
  }

  @Override
  public synchronized Outcome commit(long expected, List<Change.Stored> changes) {
    if (broken) {
      return new Outcome.Unknown("An earlier commit to " + database + " ended in an open way.");
    }
    List<RecordEdit> edits = RecordEdit.of(changes);
    try {
      connection.begin();
      if (!connection.advance(expected)) {
        long found = connection.sequence();
        connection.rollback();
        return refused(expected, found);
      }
      connection.edit(edits);
      connection.commit();
      checkpointing.committed(edits.size());
      return new Outcome.Committed(expected + 1);
    } catch (SQLException e) {
      return afterFailure(expected, e);
    }
  }

  private Outcome refused(long expected, long found) {
    return new Outcome.Refused(
        String.format(
            "Expected commit %d to be the last one in %s, but found %d: another server wrote to"
                + " it.",
            expected, database, found));
  }

  private Outcome afterFailure(long expected, SQLException failure) {
    SQLiteErrorCode code =
        failure instanceof SQLiteException known
            ? known.getResultCode()
            : SQLiteErrorCode.UNKNOWN_ERROR;
    Outcome outcome =
        switch (code) {
          case SQLITE_FULL -> rolledBack(expected, failure);
          case SQLITE_IOERR_WRITE, SQLITE_IOERR_SHMSIZE -> reopened(expected, failure);
          case SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT ->
              new Outcome.Refused(
                  "Another process holds the database " + database + " locked: " + failure);
          default -> unknown(failure);
        };
    if (outcome instanceof Outcome.Full) {
      // The loop says so, once, and how it goes on; a stack trace would tell nothing more.
      LOG.debug("A commit to {} failed: {}", database, outcome, failure);
    } else {
      LOG.warn("A commit to {} failed: {}", database, outcome, failure);
    }
    return outcome;
  }

  // The end of a transaction is the last thing that is written, so when the file system has no
  // room for all of it, it has no end and counts as never written.
  private Outcome rolledBack(long expected, SQLException failure) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      LOG.debug("SQLite has rolled back by itself.", e); // asking for the number tells
    }
    try {
      connection = connection.renewed();
      return connection.sequence() == expected ? full(failure) : unknown(failure);
    } catch (SQLException e) {
      failure.addSuppressed(e);
      return unknown(failure);
    }
  }

  // A quota or a limit on file sizes. What was written of the transaction is read again as after a
  // crash, so that it is known and not assumed that nothing of it counts.
  private Outcome reopened(long expected, SQLException failure) {
    try {
      close(checkpointing, connection); // SQLite reads again only once nobody has it open
      connection = connected(database, preparation);
      checkpointing = new Checkpointing(database);
      return connection.sequence() == expected ? full(failure) : unknown(failure);
    } catch (SQLException | StoreException e) {
      failure.addSuppressed(e);
      return unknown(failure);
    }
  }

  private static void close(Checkpointing first, SqliteConnection then) throws SQLException {
    try {
      first.close();
    } finally {
      then.close();
    }
  }

  private Outcome full(SQLException failure) {
    return new Outcome.Full(
        "There is no room to write to " + database + " (" + failure.getMessage() + ").");
  }

  private Outcome unknown(SQLException failure) {
    broken = true;
    return new Outcome.Unknown(
        "It is not known whether a commit to " + database + " was written: " + failure);
  }

  @Override
  public String description() {
    return "SQLite database " + database;
  }

  @Override
  public synchronized void close() {
    thread.shutdown();
    broken = true;
    try {
      close(checkpointing, connection);
    } catch (SQLException e) {
      LOG.warn("Closing {} failed; nothing is lost by that.", database, e);
    }
  }
}
