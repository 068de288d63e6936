package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that talks to a server. */
abstract class ClientCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Override
  public final Integer call() throws Exception {
    return run(connection.open(CommandTree.terminal(spec))).number();
  }

  /**
   * Does it.
   *
   * @param session the server and the terminal
   * @return how the process ends
   * @throws Exception when it cannot be done; a {@link io.homeport.cli.client.CommandFailure} is
   *     told to people as it is
   */
  abstract ExitStatus run(Session session) throws Exception;
}
