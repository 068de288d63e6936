package io.homeport;

import io.homeport.cli.CommandTree;
import io.homeport.cli.text.Terminal;
import picocli.CommandLine;

/** The one program: the server, and the command line that talks to it. */
public final class Main {
  private Main() {}

  /**
   * Runs a command.
   *
   * @param arguments the command and its options; see {@code homeport --help}
   */
  public static void main(String[] arguments) {
    Terminal terminal = Terminal.system();
    CommandLine server = new CommandLine(new ServerCommand(terminal));
    server.setDefaultValueProvider(new EnvironmentDefaults(terminal.environment()));
    int status = CommandTree.execute(terminal, server, new RestoreCommand(terminal), arguments);
    terminal.out().flush();
    System.exit(status);
  }
}
