package io.homeport.cli;

import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.text.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport completion}: the script that makes a shell complete commands and names. */
@Command(
    name = "completion",
    description = {
      "Write a script that makes the shell complete commands and names.",
      "Commands, options, and the names of apps, tasks, volumes and agents. For bash:",
      "source <(homeport completion bash)"
    })
final class CompletionCommand implements Callable<Integer> {
  private static final List<String> SHELLS = List.of("bash", "zsh");

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private String shell;

  @Override
  public Integer call() throws IOException {
    Terminal terminal = CommandTree.terminal(spec);
    if (!SHELLS.contains(shell)) {
      throw new CommandFailure(
          ExitStatus.USAGE, "Expected one of " + SHELLS + " and found " + shell + ".");
    }
    try (InputStream script = CompletionCommand.class.getResourceAsStream("completion." + shell)) {
      if (script == null) {
        throw new IOException("this build has no completion script for " + shell);
      }
      terminal.out().print(new String(script.readAllBytes(), StandardCharsets.UTF_8));
      terminal.out().flush();
    }
    return ExitStatus.OK.number();
  }
}
