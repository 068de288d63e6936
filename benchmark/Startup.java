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
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures how long {@code ./homeport server} takes from its start until it serves, and how much memory
 * it holds when idle. Run it from the root of the checkout, after the first build: {@code java
 * benchmark/Startup.java [runs]}. The goals on two cores are 1.5 s and 256 MiB.
 */
public final class Startup {
  private Startup() {}

  /** The figures of one run: milliseconds until it serves, and MiB resident ten seconds later. */
  private record Run(long millis, long residentMib) {}

  /** Starts the server several times and prints the figures. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    List<Run> measured = new ArrayList<>();
    for (int run = 0; run <= runs; run++) {
      Run figures = run();
      if (run > 0) { // the first one warms the disk's cache
        measured.add(figures);
        System.out.printf(
            "run %d: serving after %d ms, %d MiB resident when idle%n",
            run, figures.millis(), figures.residentMib());
      }
    }
    print("start to serving (ms)", measured.stream().map(Run::millis).toList());
    print("idle resident memory (MiB)", measured.stream().map(Run::residentMib).toList());
  }

  private static void print(String what, List<Long> figures) {
    List<Long> sorted = new ArrayList<>(figures);
    Collections.sort(sorted);
    System.out.printf(
        "%-28s min %d, median %d, max %d, %d runs%n",
        what,
        sorted.getFirst(),
        sorted.get(sorted.size() / 2),
        sorted.getLast(),
        sorted.size());
  }

  private static Run run() throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("homeport-startup");
    int port = freePort();
    long begin = System.nanoTime();
    Process server =
        new ProcessBuilder(
                "./homeport", "server", "--insecure", "--http-port", Integer.toString(port),
                "--data-dir", data.toString())
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("log").toFile())
            .start();
    try {
      awaitServing(port, server);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      TimeUnit.SECONDS.sleep(10);
      return new Run(millis, residentMib(server.pid()));
    } finally {
      server.destroy();
      server.waitFor();
      delete(data);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void awaitServing(int port, Process server)
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
    throw new IOException("the server ended before it served");
  }

  private static long residentMib(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
      }
    }
    throw new IOException("no resident size of process " + pid);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
