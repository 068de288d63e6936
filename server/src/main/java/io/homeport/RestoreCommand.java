package io.homeport;

import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.text.Terminal;
import io.homeport.election.ZooKeeperAddress;
import io.homeport.election.ZooKeeperSession;
import io.homeport.runtime.Store;
import io.homeport.runtime.StoreException;
import io.homeport.store.Backup;
import io.homeport.store.BackupHeader;
import io.homeport.store.DataDirectory;
import io.homeport.store.Restore;
import io.homeport.store.SqliteStore;
import io.homeport.store.ZooKeeperStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code homeport state restore}: puts a back-up into the store of a server that is stopped. */
@Command(
    name = "restore",
    sortOptions = false,
    description = {
      "Put a back-up in the place of the state of a server that is stopped. Its tasks may go on.",
      "The present state is backed up first. The server then starts in the safe mode: it reserves,",
      "launches, kills and destroys nothing until 'homeport state resume'."
    })
final class RestoreCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "What 'homeport state backup' wrote.")
  private Path file = Path.of("");

  @Option(
      names = "--data-dir",
      paramLabel = "DIRECTORY",
      description = "The data directory of the server (as with 'homeport server').")
  private Optional<Path> dataDir = Optional.empty();

  @Option(
      names = "--zk",
      paramLabel = "ZK",
      description =
          "The state is in ZooKeeper, as with 'homeport server --zk':"
              + " zk://h1:2181,h2:2181/homeport. HOMEPORT_ZK.")
  private Optional<String> zooKeeper = Optional.empty();

  @Option(names = "--check", description = "Only look whether the file is in order.")
  private boolean check;

  RestoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try {
      Backup backup = Backup.read(file);
      describe(backup.header());
      if (check) {
        return ExitStatus.OK.number();
      }
      restore(backup);
      return ExitStatus.OK.number();
    } catch (StoreException refused) {
      throw new CommandFailure(ExitStatus.FAILED, String.valueOf(refused.getMessage()));
    }
  }

  private void describe(BackupHeader header) {
    print(
        "A back-up of the installation "
            + header.installation()
            + ", taken at "
            + header.takenAt()
            + " by Homeport "
            + header.homeport()
            + ": "
            + header.records()
            + " records, commit "
            + header.sequence()
            + ".");
  }

  private void restore(Backup backup) throws StoreException {
    Optional<String> shared = zooKeeper.or(() -> terminal.variable("HOMEPORT_ZK"));
    if (shared.isPresent() && dataDir.isEmpty()) {
      restoreShared(backup, shared.get());
    } else {
      restoreHere(backup);
    }
  }

  /** The state before is kept beside the file, since ZooKeeper has no place for it. */
  private void restoreShared(Backup backup, String where) throws StoreException {
    ZooKeeperAddress address;
    try {
      address = ZooKeeperAddress.of(where);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitStatus.USAGE, "--zk (or HOMEPORT_ZK) " + e.getMessage() + ".");
    }
    Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
    try (ZooKeeperSession session =
            ZooKeeperSession.open(address, ZooKeeperSession.DEFAULT_TIMEOUT);
        Store store =
            ZooKeeperStore.openToRestore(session.client(), address.path(), session.acl())) {
      refuseWhileServed(session);
      Restore done =
          Restore.into(
              store, backup, directory, ServerCommand.version(), terminal.clock().instant());
      tell(done, store.description());
    }
  }

  private static void refuseWhileServed(ZooKeeperSession session) throws StoreException {
    String path = session.address().path() + "/election";
    try {
      boolean served =
          session.client().checkExists().forPath(path) != null
              && !session.client().getChildren().forPath(path).isEmpty();
      if (served) {
        throw new StoreException(
            "Servers use the state at "
                + session.address()
                + ". Stop all of them first; one that was killed counts until ZooKeeper has given it"
                + " up, some seconds later. Nothing was changed.");
      }
    } catch (StoreException served) {
      throw served;
    } catch (Exception e) { // what Curator declares
      throw new StoreException("Whether servers use " + session.address() + " is not known", e);
    }
  }

  private void restoreHere(Backup backup) throws StoreException {
    Path wanted =
        dataDir
            .or(() -> terminal.variable("HOMEPORT_DATA_DIR").map(Path::of))
            .orElseGet(() -> ServerCommand.usualDataDir(terminal));
    try (DataDirectory data = DataDirectory.open(wanted);
        Store store = SqliteStore.open(data.database())) {
      Restore done =
          Restore.into(
              store, backup, data.path(), ServerCommand.version(), terminal.clock().instant());
      tell(done, store.description());
    }
  }

  private void tell(Restore done, String where) {
    done.kept().ifPresent(kept -> print("The state before is kept in " + kept + "."));
    print("The state is restored in the " + where + ".");
    print(
        "Start the server: it is in the safe mode, and does nothing until 'homeport state resume',"
            + " which shows first what it would do.");
  }

  private void print(String line) {
    terminal.out().println(line);
  }
}
