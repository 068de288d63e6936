package io.homeport.cli;

import io.homeport.cli.client.Api;
import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.client.Names;
import io.homeport.cli.text.Table;
import io.homeport.cli.text.Terminal;
import io.homeport.cli.text.Times;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a command works with: the server, the names of what is on it, and the terminal.
 *
 * @param api the server
 * @param names full names for short ones
 * @param terminal where to write
 * @param output for whom to write
 */
record Session(Api api, Names names, Terminal terminal, OutputFormat output) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Whether a program reads what is written. */
  boolean json() {
    return output == OutputFormat.JSON;
  }

  /** The time, for relative times. */
  Instant now() {
    return terminal.clock().instant();
  }

  /**
   * How long ago something was.
   *
   * @param thing has the time
   * @param field in this field
   */
  String ago(JsonNode thing, String field) {
    return Times.ago(thing.path(field).asString(""), now());
  }

  /**
   * Writes a line.
   *
   * @param line the line
   */
  void print(String line) {
    terminal.out().println(line);
  }

  /**
   * Writes a line beside the results: what is being done, or a warning.
   *
   * @param line the line
   */
  void note(String line) {
    terminal.err().println(line);
  }

  /**
   * Writes JSON for a program.
   *
   * @param node the JSON
   */
  void print(JsonNode node) {
    terminal.out().println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node));
  }

  /**
   * Writes a table.
   *
   * @param table the table
   * @param instead what is said when it has no rows
   */
  void print(Table table, String instead) {
    if (table.isEmpty()) {
      note(instead);
    } else {
      table.lines(terminal.width()).forEach(this::print);
    }
  }

  /**
   * Sends a request that has no body.
   *
   * @param method the HTTP method
   * @param path from {@code /v2} on
   */
  Api.Answer send(String method, String path) {
    return api.send(method, path, Optional.empty(), Map.of());
  }

  /**
   * Sends JSON.
   *
   * @param method the HTTP method
   * @param path from {@code /v2} on
   * @param body the JSON
   */
  Api.Answer send(String method, String path, String body) {
    return api.send(method, path, Optional.of(body), Map.of());
  }

  /**
   * Has something that cannot be taken back confirmed by typing a name.
   *
   * @param name what must be typed
   * @throws CommandFailure when something else is typed, or nobody is there
   */
  void confirm(String name) {
    Optional<String> typed;
    try {
      typed = terminal.ask("This cannot be undone. Type " + name + " to go on: ");
    } catch (IOException nobody) {
      typed = Optional.empty();
    }
    if (typed.isEmpty()) {
      throw new CommandFailure(
          ExitStatus.NOT_CONFIRMED,
          "Nobody is there to confirm, so nothing was done. Give --yes to go on without asking.");
    }
    if (!typed.get().equals(name)) {
      throw new CommandFailure(
          ExitStatus.NOT_CONFIRMED, "That is not " + name + ". Nothing was done.");
    }
  }
}
