package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code homeport version}: which version this command line is of; asks no server. */
@Command(name = "version", description = "Show the version of this command line.")
final class VersionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CommandTree.terminal(spec).out().println("homeport " + Versions.homeport());
    return ExitStatus.OK.number();
  }
}
