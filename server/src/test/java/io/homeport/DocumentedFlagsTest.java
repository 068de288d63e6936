package io.homeport;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.cli.CommandTree;
import io.homeport.cli.text.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The pages of the documentation name no flag that the program does not have. */
class DocumentedFlagsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern FLAG = Pattern.compile("(?<![-\\w])--[a-z][a-z-]+");

  /**
   * Of {@code mesos-agent}, {@code curl}, {@code zkServer}, {@code ./simulate}, {@code ./soak} and
   * {@code ./bench}, not the server's or the command line's.
   */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "--authenticate",
          "--location-trusted",
          "--seed",
          "--seeds",
          "--from",
          "--threads",
          "--repeats",
          "--trace",
          "--list");

  @Test
  void everyFlagExists() throws IOException {
    Set<String> known = new HashSet<>(OF_OTHERS);
    Terminal terminal = Terminal.system();
    collect(
        CommandTree.of(
            terminal, new CommandLine(new ServerCommand(terminal)), new RestoreCommand(terminal)),
        known);
    Set<String> unknown = new TreeSet<>();
    for (Path page : pages()) {
      FLAG.matcher(Files.readString(page))
          .results()
          .filter(flag -> !known.contains(flag.group()))
          .forEach(flag -> unknown.add(page.getFileName() + ": " + flag.group()));
    }
    assertThat(unknown).isEmpty();
  }

  private static void collect(CommandLine command, Set<String> flags) {
    command.getCommandSpec().options().forEach(option -> flags.addAll(List.of(option.names())));
    command.getSubcommands().values().forEach(below -> collect(below, flags));
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
              docs.filter(page -> page.toString().endsWith(".md")),
              Stream.of("README.md", "ARCHITECTURE.md").map(ROOT::resolve))
          .toList();
    }
  }
}
