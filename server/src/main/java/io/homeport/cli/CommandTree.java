package io.homeport.cli;

import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.text.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** All commands, put together: how they are found, and how failures become texts and exit codes. */
public final class CommandTree {
  private static final int HELP_WIDTH = 100;
  private static final Set<String> CONNECTION = Set.of("--url", "--token-file", "-o", "--output");

  private CommandTree() {}

  /**
   * Runs a command.
   *
   * @param terminal where commands read and write
   * @param server the command {@code server}, which is made where the server is put together
   * @param restore the command {@code state restore}, made there as well
   * @param arguments the command and its options; the options of the connection may also stand
   *     before it
   * @return the exit status
   */
  public static int execute(Terminal terminal, Object server, Object restore, String... arguments) {
    return of(terminal, server, restore).execute(connectionLast(arguments));
  }

  /** Every command has these options; who writes them first means the same. */
  private static String[] connectionLast(String... arguments) {
    List<String> rest = new ArrayList<>(List.of(arguments));
    List<String> first = new ArrayList<>();
    while (!rest.isEmpty() && CONNECTION.contains(rest.getFirst().replaceFirst("=.*", ""))) {
      boolean valueFollows = !rest.getFirst().contains("=");
      first.add(rest.removeFirst());
      if (valueFollows && !rest.isEmpty()) {
        first.add(rest.removeFirst());
      }
    }
    int end = rest.indexOf("--");
    rest.addAll(end < 0 ? rest.size() : end, first);
    return rest.toArray(String[]::new);
  }

  /**
   * The command line.
   *
   * @param terminal where commands read and write
   * @param server the command {@code server}, which is made where the server is put together
   * @param restore the command {@code state restore}, made there as well
   */
  public static CommandLine of(Terminal terminal, Object server, Object restore) {
    HomeportCommand root = new HomeportCommand(terminal);
    CommandLine line = new CommandLine(root);
    line.addSubcommand("server", server);
    for (Object command : commands()) {
      line.addSubcommand(command);
    }
    Objects.requireNonNull(line.getSubcommands().get("state")).addSubcommand(restore);
    addHelp(line);
    addVersion(line);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(HELP_WIDTH);
    line.setUsageHelpLongOptionsMaxWidth(30);
    line.setOut(terminal.out());
    line.setErr(terminal.err());
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setParameterExceptionHandler((mistake, _) -> reportMistake(mistake, terminal));
    line.setExecutionExceptionHandler((failure, _, _) -> report(failure, terminal));
    return line;
  }

  private static void addHelp(CommandLine line) {
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
    line.getSubcommands().values().forEach(CommandTree::addHelp);
  }

  /** What everybody tries first; the same as {@code homeport version}. */
  private static void addVersion(CommandLine line) {
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version of this command line.")
                .build())
        .version("homeport " + Versions.homeport());
  }

  private static List<Object> commands() {
    return List.of(
        new DemoCommand(),
        new StopCommand(),
        new AppsCommand(),
        new TasksCommand(),
        new VolumesCommand(),
        new AgentsCommand(),
        new DeploymentsCommand(),
        new LogsCommand(),
        new EventsCommand(),
        new PlanCommand(),
        new ExplainCommand(),
        new InfoCommand(),
        new StateCommand(),
        new ImportCommand(),
        new CompletionCommand(),
        new CompleteCommand(),
        new VersionCommand());
  }

  /**
   * The terminal of a command.
   *
   * @param spec the command
   */
  static Terminal terminal(CommandSpec spec) {
    return ((HomeportCommand) spec.root().userObject()).terminal();
  }

  private static int reportMistake(CommandLine.ParameterException mistake, Terminal terminal) {
    terminal.err().println("homeport: " + mistake.getMessage());
    if (mistake instanceof CommandLine.UnmatchedArgumentException unknown) {
      List<String> meant = unknown.getSuggestions();
      if (!meant.isEmpty()) {
        terminal.err().println("Did you mean " + String.join(" or ", meant) + "?");
      }
    }
    String name = mistake.getCommandLine().getCommandSpec().qualifiedName();
    terminal.err().println("See '" + name + " --help'.");
    terminal.err().flush();
    return ExitStatus.USAGE.number();
  }

  private static int report(Exception failure, Terminal terminal) {
    terminal.out().flush();
    if (failure instanceof CommandFailure told) {
      terminal.err().println("homeport: " + told.getMessage());
      told.details().forEach(detail -> terminal.err().println("  " + detail));
      terminal.err().flush();
      return told.status().number();
    }
    terminal.err().println("homeport: something went wrong that should not: " + failure);
    failure.printStackTrace(terminal.err());
    terminal.err().flush();
    return ExitStatus.FAILED.number();
  }
}
