package io.homeport.e2e;

import io.homeport.testing.ServerPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A server of the built artefact in a process of its own, and a small REST client for it. It can be
 * killed and started again on the same data directory and port.
 */
final class ServerProcess implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration START = Duration.ofMinutes(3);

  private final Path dataDir;
  private final int port;
  private final boolean insecure;
  private final List<String> flags;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private @Nullable Process process;

  private ServerProcess(Path dataDir, int port, boolean insecure, List<String> flags) {
    this.insecure = insecure;
    this.dataDir = dataDir;
    this.port = port;
    this.flags = flags;
  }

  /** An answer: its status and its JSON body, missing when there is none. */
  record Answer(int status, JsonNode body, HttpResponse<String> raw) {}

  /** Starts a server with a data directory and flags, and waits until it leads. */
  static ServerProcess start(Path dataDir, String... flags) {
    ServerProcess server =
        new ServerProcess(dataDir, ServerPorts.next(), true, Arrays.asList(flags));
    server.start();
    return server;
  }

  /** Starts a server that decides by itself who may call, and waits until it answers. */
  static ServerProcess startProtected(Path dataDir, String... flags) {
    ServerProcess server =
        new ServerProcess(dataDir, ServerPorts.next(), false, Arrays.asList(flags));
    server.start();
    return server;
  }

  /** A server that is not started yet. */
  static ServerProcess prepare(Path dataDir, String... flags) {
    return new ServerProcess(dataDir, ServerPorts.next(), true, Arrays.asList(flags));
  }

  /** Starts it again after {@link #kill9()} or {@link #terminate()}. */
  void start() {
    launch();
    awaitServing();
  }

  /** Waits until it answers what only a leader can. */
  void awaitServing() {
    await("the server serves", START, this::isServing);
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Starts its process and does not wait for it. */
  void launch() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", artefact(), "io.homeport.Main", "server"));
    if (insecure) {
      command.add("--insecure");
    }
    command.addAll(List.of("--data-dir", dataDir.toString()));
    command.addAll(List.of("--http-port", Integer.toString(port)));
    command.addAll(flags);
    try {
      Files.createDirectories(dataDir);
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
              .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The class path of what was built. */
  static String artefact() {
    Path target = Path.of("target").toAbsolutePath();
    return target.resolve("classes") + ":" + target.resolve("lib") + "/*";
  }

  Path log() {
    return dataDir.resolveSibling(dataDir.getFileName() + ".log");
  }

  Path dataDir() {
    return dataDir;
  }

  int port() {
    return port;
  }

  private boolean isServing() {
    if (process != null && !process.isAlive()) {
      throw new AssertionError("the server ended; its log:\n" + logTail());
    }
    try {
      return get(insecure ? "/v2/info" : "/ping").status() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /** What the server has to say, for failures. */
  private String situation() {
    StringBuilder text = new StringBuilder();
    for (String path :
        List.of("/v2/apps", "/v2/tasks", "/v2/volumes", "/v2/deployments", "/v2/queue")) {
      try {
        text.append(path).append(' ').append(get(path).raw().body()).append('\n');
      } catch (UncheckedIOException dead) {
        text.append(path).append(" is not answered\n");
      }
    }
    return text.toString();
  }

  String logTail() {
    try {
      List<String> lines = Files.readAllLines(log());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    } catch (IOException unreadable) {
      return "(no log: " + unreadable.getMessage() + ")";
    }
  }

  /** Kills it as {@code kill -9} does. */
  void kill9() {
    end(true);
  }

  /** Asks it to end; its tasks go on. */
  void terminate() {
    end(false);
  }

  /** The exit status of a process that ended by itself. */
  Optional<Integer> exitStatus() {
    return process == null || process.isAlive()
        ? Optional.empty()
        : Optional.of(process.exitValue());
  }

  /** Stops the process where it stands (SIGSTOP). */
  void pause() {
    signal("-STOP");
  }

  /** Lets it go on (SIGCONT). */
  void resume() {
    signal("-CONT");
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", name, Long.toString(pid())).start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("kill " + name + " failed");
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private long pid() {
    if (process == null) {
      throw new IllegalStateException("the server is not running");
    }
    return process.pid();
  }

  /** Waits until it has ended by itself. */
  void awaitExit(Duration atMost) {
    Process ending = process;
    if (ending != null) {
      try {
        if (!ending.waitFor(atMost)) {
          throw new AssertionError("the server has not ended; its log:\n" + logTail());
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void end(boolean forcibly) {
    Process ending = process;
    if (ending == null) {
      return;
    }
    if (forcibly) {
      ending.destroyForcibly();
    } else {
      ending.destroy();
    }
    try {
      if (!ending.waitFor(30, TimeUnit.SECONDS)) {
        ending.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    process = null;
  }

  Answer get(String path) {
    return send("GET", path, null);
  }

  Answer post(String path, String json) {
    return send("POST", path, json);
  }

  Answer put(String path, String json) {
    return send("PUT", path, json);
  }

  Answer delete(String path) {
    return send("DELETE", path, null);
  }

  Answer send(String method, String path, @Nullable String json) {
    return send(method, path, "application/json", json);
  }

  Answer send(String method, String path, String type, @Nullable String json) {
    return send(method, path, json == null ? Map.of() : Map.of("Content-Type", type), json);
  }

  Answer send(String method, String path, Map<String, String> headers, @Nullable String json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                json == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(json));
    headers.forEach(request::header);
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      boolean isJson =
          response.headers().firstValue("Content-Type").orElse("").contains("json")
              && !response.body().isEmpty();
      return new Answer(
          response.statusCode(),
          isJson ? JSON.readTree(response.body()) : MissingNode.getInstance(),
          response);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** The tasks of an app, detached ones included. */
  List<JsonNode> tasks(String app) {
    return list(get("/v2/apps" + app + "/tasks").body().path("tasks"));
  }

  /** The tasks of an app that run. */
  List<JsonNode> running(String app) {
    return tasks(app).stream()
        .filter(task -> task.path("state").asString("").equals("TASK_RUNNING"))
        .toList();
  }

  /** All volumes of an app, whatever their status. */
  List<JsonNode> volumes(String app) {
    return list(get("/v2/volumes?app=" + app).body().path("volumes"));
  }

  static List<JsonNode> list(JsonNode array) {
    List<JsonNode> nodes = new ArrayList<>();
    array.forEach(nodes::add);
    return nodes;
  }

  void awaitRunning(String app, int count) {
    await(
        count + " running tasks of " + app,
        Duration.ofSeconds(60),
        () -> running(app).size() == count && deployments() == 0);
  }

  /** Waits for running tasks, while a deployment may go on. */
  void awaitTasks(String app, int count) {
    await(
        count + " running tasks of " + app,
        Duration.ofSeconds(60),
        () -> running(app).size() == count);
  }

  int deployments() {
    return get("/v2/deployments").body().size();
  }

  void awaitNoDeployments() {
    await("no deployments", Duration.ofMinutes(3), () -> deployments() == 0);
  }

  void await(String what, Duration atMost, BooleanSupplier condition) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "waited "
                + atMost.toSeconds()
                + " s for: "
                + what
                + "\n"
                + situation()
                + "\n"
                + logTail());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
    }
  }

  /** Ends every app, and then the server. */
  @Override
  public void close() {
    try {
      if (insecure && process != null && process.isAlive()) {
        for (JsonNode app : list(get("/v2/apps").body().path("apps"))) {
          delete("/v2/apps" + app.path("id").asString() + "?force=true");
        }
        await(
            "all tasks have ended",
            Duration.ofSeconds(60),
            () -> get("/v2/tasks").body().path("tasks").isEmpty());
      }
    } finally {
      terminate();
    }
  }
}
