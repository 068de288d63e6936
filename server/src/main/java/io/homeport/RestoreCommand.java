package io.homeport;

import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.text.Terminal;
import io.homeport.runtime.Store;
import io.homeport.runtime.StoreException;
import io.homeport.store.Backup;
import io.homeport.store.BackupHeader;
import io.homeport.store.DataDirectory;
import io.homeport.store.Restore;
import io.homeport.store.SqliteStore;
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
