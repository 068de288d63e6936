package io.homeport.benchmark.server;

import io.homeport.benchmark.harness.Benchmark;
import io.homeport.benchmark.harness.Conditions;
import io.homeport.benchmark.harness.Figure;
import io.homeport.benchmark.harness.Goal;
import io.homeport.benchmark.harness.Machine;
import io.homeport.runtime.StoreException;
import io.homeport.store.SqliteStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A server that starts on a large store, in a JVM that is as cold as that of a real restart: like
 * that of a built server, it has what an earlier start on a small store has learnt, and no more.
 */
public final class Restart implements Benchmark {
  private static final String DATABASE = "homeport.db";
  private static final List<String> FIGURES = List.of("serving", "processor", "reconciled", "heap");

  @Override
  public String name() {
    return "restart";
  }

  @Override
  public String work() {
    return "a start on a store of 1,000,000 running instances with a volume each (1,000 apps, 10,000"
        + " agents), from the start of the JVM: until an app is served, and until every task was"
        + " heard of";
  }

  /** What one run measured: seconds and MiB. */
  private record Run(
      double serving, double processor, double reconciled, double heap, double reading) {}

  @Override
  public List<Figure> run(Conditions conditions) throws Exception {
    Population population =
        new Population(
            conditions.scaled(1_000, 3), conditions.scaled(1_000, 4), conditions.scaled(10_000, 5));
    Path directory = conditions.directory();
    List<String> learnt = learnt(conditions);
    write(directory, population);
    conditions.progress().accept("the store is written");
    List<Run> runs = conditions.repeat(0, () -> start(directory, learnt, population));
    return List.of(
        Figure.of("start to serving", "s", runs, Run::serving)
            .goal(Goal.atMost(15))
            .beside("reading the rows", runs.stream().map(Run::reading).toList()),
        Figure.of("of the processors until then", "s", runs, Run::processor),
        Figure.of("start to reconciled", "s", runs, Run::reconciled).goal(Goal.atMost(60)),
        Figure.of("heap in use then", "MiB", runs, Run::heap).goal(Goal.atMost(2_048)));
  }

  /**
   * Starts once, as a build does, and gives the flag by which a JVM has what was learnt. There is
   * none when this runs from directories instead of jars, as in a test (JEP 483).
   */
  private static List<String> learnt(Conditions conditions) throws Exception {
    boolean fromJars =
        Path.of(Restart.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString()
            .endsWith(".jar");
    if (!fromJars) {
      conditions.progress().accept("without what a JVM learns, because this is no jar");
      return List.of();
    }
    Population few = new Population(3, 4, 5);
    Path directory = Files.createDirectories(conditions.directory().resolve("small"));
    Path cache = directory.resolve("server.aot");
    write(directory, few);
    start(directory, List.of("-XX:AOTCacheOutput=" + cache), few);
    if (!Files.exists(cache)) {
      throw new IOException("the JVM wrote nothing that it learnt");
    }
    return List.of("-XX:AOTCache=" + cache);
  }

  private static void write(Path directory, Population population) throws StoreException {
    try (SqliteStore store = SqliteStore.open(directory.resolve(DATABASE))) {
      population.write(store);
    }
  }

  private static Run start(Path directory, List<String> learnt, Population population)
      throws IOException, InterruptedException, SQLException {
    double reading = read(directory.resolve(DATABASE));
    Process server = new ProcessBuilder(command(directory, learnt, population)).start();
    Map<String, Double> said = new TreeMap<>();
    try (BufferedReader lines = server.inputReader();
        BufferedReader errors = server.errorReader()) {
      lines
          .lines()
          .map(line -> line.split(" ", 2))
          .filter(words -> FIGURES.contains(words[0]))
          .forEach(words -> said.put(words[0], Double.valueOf(words[1])));
      if (server.waitFor() != 0 || said.size() != FIGURES.size()) {
        throw new IOException("the server failed: " + String.join("\n", errors.lines().toList()));
      }
    } finally {
      server.destroy();
    }
    return new Run(
        said.getOrDefault("serving", Double.NaN),
        said.getOrDefault("processor", Double.NaN),
        said.getOrDefault("reconciled", Double.NaN),
        said.getOrDefault("heap", Double.NaN),
        reading);
  }

  private static List<String> command(Path directory, List<String> learnt, Population population) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Machine.jvmFlags());
    command.addAll(learnt);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(
            RestartedServer.class.getName(),
            directory.toString(),
            Integer.toString(population.agents()),
            Population.app(0)));
    return command;
  }

  /** How long it takes to read every row as it is. */
  private static double read(Path database) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      long begun = System.nanoTime();
      long characters = 0;
      try (ResultSet rows =
          statement.executeQuery("SELECT kind, key, body FROM record ORDER BY kind, key")) {
        while (rows.next()) {
          characters += rows.getString(3).length() + rows.getString(2).length();
        }
      }
      if (characters == 0) {
        throw new SQLException("there is nothing in " + database);
      }
      return (System.nanoTime() - begun) / 1e9;
    }
  }
}
