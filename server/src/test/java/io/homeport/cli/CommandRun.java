package io.homeport.cli;

import io.homeport.cli.text.Terminal;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine.Command;

/** One run of the command line within the test. */
record CommandRun(int status, String out, String err) {
  /** The time that relative times count from. */
  static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");

  /** Stands where the server's command is. */
  @Command(name = "server")
  private static final class NoServer implements Runnable {
    @Override
    public void run() {
      throw new IllegalStateException("not in these tests");
    }
  }

  /** Stands where the restore command is. */
  @Command(name = "restore")
  private static final class NoRestore implements Runnable {
    @Override
    public void run() {
      throw new IllegalStateException("not in these tests");
    }
  }

  static CommandRun of(FakeServer server, String... arguments) {
    return typing("", server, arguments);
  }

  static CommandRun typing(String input, FakeServer server, String... arguments) {
    return with(Map.of("HOMEPORT_URL", server.url()), input, OptionalInt.empty(), arguments);
  }

  static CommandRun with(
      Map<String, String> environment, String input, OptionalInt width, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Map<String, String> all = new HashMap<>(Map.of("HOME", "/nonexistent"));
    all.putAll(environment);
    Terminal terminal =
        new Terminal(
            new BufferedReader(new StringReader(input)),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            width,
            all,
            InstantSource.fixed(NOW));
    int status = CommandTree.execute(terminal, new NoServer(), new NoRestore(), arguments);
    return new CommandRun(status, out.toString(), err.toString());
  }

  List<String> lines() {
    return Arrays.asList(out.split("\n", -1)).stream().filter(line -> !line.isEmpty()).toList();
  }
}
