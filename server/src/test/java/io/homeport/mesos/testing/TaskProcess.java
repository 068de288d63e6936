package io.homeport.mesos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.mesos.v1.Protos.CommandInfo;
import org.apache.mesos.v1.Protos.HealthCheck;
import org.apache.mesos.v1.Protos.TaskInfo;

/**
 * A task's processes, in a session of their own. They are children of the tests, so they outlive
 * the agent, the master and the scheduler that started them.
 */
final class TaskProcess {
  private static final int SIGNALLED = 128;
  private static final int SIGKILL = 9;
  private static final int SIGTERM = 15;

  private final TaskInfo task;
  private final Path sandbox;
  private final Process process;

  private TaskProcess(TaskInfo task, Path sandbox, Process process) {
    this.task = task;
    this.sandbox = sandbox;
    this.process = process;
  }

  /**
   * Starts a task in its sandbox.
   *
   * @throws IOException when it has no command
   */
  static TaskProcess start(TaskInfo task, Path sandbox) throws IOException {
    CommandInfo command = task.getCommand();
    if (!command.hasValue()) {
      throw new IOException("Command executor: nothing to run");
    }
    List<String> line = new ArrayList<>(List.of("setsid"));
    line.addAll(
        command.getShell() ? List.of("/bin/sh", "-c", command.getValue()) : arguments(command));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(sandbox.toFile())
            .redirectOutput(sandbox.resolve("stdout").toFile())
            .redirectError(sandbox.resolve("stderr").toFile());
    builder.environment().putAll(environment(task, sandbox));
    return new TaskProcess(task, sandbox, builder.start());
  }

  private static List<String> arguments(CommandInfo command) {
    List<String> line = new ArrayList<>(List.of(command.getValue()));
    // The first argument is the program's own name (Mesos: argv).
    line.addAll(
        command
            .getArgumentsList()
            .subList(Math.min(1, command.getArgumentsCount()), command.getArgumentsCount()));
    return line;
  }

  private static Map<String, String> environment(TaskInfo task, Path sandbox) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("MESOS_SANDBOX", sandbox.toString());
    environment.put("MESOS_TASK_ID", task.getTaskId().getValue());
    task.getCommand()
        .getEnvironment()
        .getVariablesList()
        .forEach(variable -> environment.put(variable.getName(), variable.getValue()));
    return environment;
  }

  long pid() {
    return process.pid();
  }

  CompletableFuture<Integer> ended() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** The end in the words of Mesos's command executor. */
  static String describe(int exit) {
    if (exit == SIGNALLED + SIGTERM) {
      return "Command terminated with signal Terminated";
    }
    if (exit == SIGNALLED + SIGKILL) {
      return "Command terminated with signal Killed";
    }
    return "Command exited with status " + exit;
  }

  void terminate() {
    signal(SIGTERM);
  }

  void kill() {
    signal(SIGKILL);
  }

  private void signal(int number) {
    if (!process.isAlive()) {
      return;
    }
    try {
      Process sent =
          new ProcessBuilder("kill", "-" + number, "--", "-" + process.pid())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      sent.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs the task's health check once. */
  boolean isHealthy() {
    HealthCheck check = task.getHealthCheck();
    Duration timeout = Duration.ofMillis((long) (check.getTimeoutSeconds() * 1000));
    try {
      return switch (check.getType()) {
        case COMMAND -> command(check, timeout);
        case HTTP -> http(check, timeout);
        case TCP -> {
          try (Socket socket = new Socket()) {
            socket.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), check.getTcp().getPort()),
                (int) timeout.toMillis());
            yield true;
          }
        }
        case UNKNOWN -> true;
      };
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean command(HealthCheck check, Duration timeout)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", check.getCommand().getValue())
            .directory(sandbox.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment(task, sandbox));
    Process run = builder.start();
    if (!run.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      run.destroyForcibly();
      return false;
    }
    return run.exitValue() == 0;
  }

  private static boolean http(HealthCheck check, Duration timeout)
      throws IOException, InterruptedException {
    URI uri =
        URI.create("http://127.0.0.1:" + check.getHttp().getPort() + check.getHttp().getPath());
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(timeout).build()) {
      int status =
          client
              .send(
                  HttpRequest.newBuilder(uri).timeout(timeout).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode();
      return status >= 200 && status < 400;
    }
  }

  /** How many KiB a directory takes. */
  static long usedKib(Path directory) {
    long bytes = 0;
    try (var files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    } catch (IOException e) {
      return 0; // it changes while it is looked at
    }
    return bytes >> 10;
  }
}
