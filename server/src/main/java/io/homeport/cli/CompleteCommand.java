package io.homeport.cli;

import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.client.Names;
import io.homeport.cli.text.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What may stand at the end of a command line that is being typed; called by the shells' scripts.
 * The label of a parameter tells of what kind it is, so that its names are asked from the server.
 */
@Command(name = "__complete", hidden = true)
final class CompleteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*")
  private List<String> words = new ArrayList<>();

  @Override
  public Integer call() {
    Terminal terminal = CommandTree.terminal(spec);
    List<String> typed = words.isEmpty() ? List.of("") : words;
    String last = typed.getLast();
    Walk walk = new Walk(spec.root());
    typed.subList(0, typed.size() - 1).forEach(walk::take);
    for (String candidate : walk.candidates(last, terminal)) {
      if (candidate.startsWith(last)) {
        terminal.out().println(candidate);
      }
    }
    return ExitStatus.OK.number();
  }

  /** Follows the words from the root to the command that they lead to. */
  private static final class Walk {
    private CommandSpec command;
    private Optional<OptionSpec> open = Optional.empty();
    private int positionals;

    Walk(CommandSpec root) {
      this.command = root;
    }

    void take(String word) {
      if (open.isPresent()) {
        open = Optional.empty();
        return;
      }
      CommandLine next = command.subcommands().get(word);
      if (next != null) {
        command = next.getCommandSpec();
        positionals = 0;
      } else if (word.startsWith("-")) {
        open =
            Optional.ofNullable(command.findOption(word))
                .filter(option -> option.arity().max() > 0);
      } else {
        positionals++;
      }
    }

    List<String> candidates(String last, Terminal terminal) {
      if (open.isPresent()) {
        return values(open.get(), terminal);
      }
      List<String> candidates = new ArrayList<>();
      if (last.startsWith("-")) {
        command.options().stream()
            .filter(option -> !option.hidden())
            .forEach(option -> candidates.add(option.longestName()));
        return candidates;
      }
      command
          .subcommands()
          .forEach(
              (name, line) -> {
                if (!line.getCommandSpec().usageMessage().hidden()) {
                  candidates.add(name);
                }
              });
      for (PositionalParamSpec parameter : command.positionalParameters()) {
        if (parameter.index().contains(positionals)) {
          candidates.addAll(values(parameter, terminal));
        }
      }
      return candidates;
    }

    private static List<String> values(ArgSpec argument, Terminal terminal) {
      try {
        Names names = new ConnectionOptions().open(terminal).names();
        return switch (argument.paramLabel()) {
          case "APP" -> appNames(names);
          case "TASK" -> names.taskIds();
          case "VOLUME" -> names.volumeIds();
          case "AGENT" -> names.agentIds();
          case "DEPLOYMENT" -> names.deploymentIds();
          case "FORMAT" -> List.of("text", "json");
          case "SHELL" -> List.of("bash", "zsh");
          default -> List.of();
        };
      } catch (CommandFailure noServer) {
        return List.of(); // a shell that completes must not be disturbed
      }
    }

    /** Ids, and without the first slash, which is how most people begin to type them. */
    private static List<String> appNames(Names names) {
      List<String> all = new ArrayList<>();
      for (String id : names.appIds()) {
        all.add(id);
        all.add(id.substring(1));
      }
      return all;
    }
  }
}
