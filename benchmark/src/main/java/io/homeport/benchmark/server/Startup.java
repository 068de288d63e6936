package io.homeport.benchmark.server;

import io.homeport.benchmark.harness.Benchmark;
import io.homeport.benchmark.harness.Conditions;
import io.homeport.benchmark.harness.Figure;
import io.homeport.benchmark.harness.Goal;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The command {@code ./homeport server} until it serves, and what it holds when idle. At the least
 * size the server runs from the class path, because nothing needs to be packaged for that.
 */
public final class Startup implements Benchmark {
  /** The figures of one run: seconds until it serves, and MiB resident some time later. */
  private record Run(double seconds, double residentMib) {}

  @Override
  public String name() {
    return "startup";
  }

  @Override
  public String work() {
    return "./homeport server on an empty directory: from the command to the first answer, and what"
        + " it holds ten seconds later.";
  }

  @Override
  public List<Figure> run(Conditions conditions) throws Exception {
    List<Run> runs =
        conditions.repeat( // the warm-up builds the server if need be, and fills the disk's cache
            () -> run(command(conditions), conditions.directory(), conditions.scaled(10, 0)));
    return List.of(
        Figure.of("start to serving", "s", runs, Run::seconds).goal(Goal.atMost(1.5)),
        Figure.of("resident when idle", "MiB", runs, Run::residentMib).goal(Goal.atMost(256)));
  }

  private static List<String> command(Conditions conditions) {
    if (conditions.size() == Conditions.Size.FULL) {
      return List.of(Path.of(System.getProperty("homeport.root", "."), "homeport").toString());
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        "io.homeport.Main");
  }

  private static Run run(List<String> homeport, Path directory, int idleSeconds)
      throws IOException, InterruptedException {
    Path data = Files.createTempDirectory(directory, "startup");
    Path log = data.resolve("log");
    int port = freePort();
    List<String> command = new ArrayList<>(homeport);
    command.addAll(List.of("server", "--insecure", "--http-port", Integer.toString(port)));
    command.addAll(List.of("--data-dir", data.toString()));
    long begin = System.nanoTime();
    Process server =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      awaitServing(port, server, log);
      double seconds = (System.nanoTime() - begin) / 1e9;
      TimeUnit.SECONDS.sleep(idleSeconds);
      return new Run(seconds, residentMib(server.pid()));
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void awaitServing(int port, Process server, Path log)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v2/apps"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (server.isAlive()) {
        try {
          if (client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200) {
            return;
          }
        } catch (IOException notYet) {
          TimeUnit.MILLISECONDS.sleep(5);
        }
      }
    }
    throw new IOException("the server ended before it served: " + Files.readString(log));
  }

  private static double residentMib(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    throw new IOException("no resident size of process " + pid);
  }
}
