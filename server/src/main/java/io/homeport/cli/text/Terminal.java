package io.homeport.cli.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a command reads and writes, and what surrounds it.
 *
 * @param in what is typed
 * @param out results
 * @param err everything else: progress, questions, errors
 * @param width columns of the terminal that {@code out} is; absent when it is a file or a pipe, and
 *     then nothing is cut
 * @param environment the environment variables
 * @param clock the time, for relative times
 */
public record Terminal(
    BufferedReader in,
    PrintWriter out,
    PrintWriter err,
    OptionalInt width,
    Map<String, String> environment,
    InstantSource clock) {
  private static final Pattern COLUMNS = Pattern.compile("[1-9]\\d{0,4}");

  /**
   * The process's own. The script {@code homeport} tells the width, in {@code HOMEPORT_COLUMNS},
   * and only when standard output is a terminal.
   */
  public static Terminal system() {
    Matcher columns = COLUMNS.matcher(System.getenv().getOrDefault("HOMEPORT_COLUMNS", ""));
    return new Terminal(
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        columns.matches() ? OptionalInt.of(Integer.parseInt(columns.group())) : OptionalInt.empty(),
        System.getenv(),
        InstantSource.system());
  }

  /**
   * An environment variable that is set and not empty.
   *
   * @param name its name
   */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /**
   * Asks for a line.
   *
   * @param question what is asked
   * @return what was typed, without blanks around it; absent when there is nobody to ask
   * @throws IOException when nothing can be read
   */
  public Optional<String> ask(String question) throws IOException {
    err.print(question);
    err.flush();
    return Optional.ofNullable(in.readLine()).map(String::strip);
  }
}
