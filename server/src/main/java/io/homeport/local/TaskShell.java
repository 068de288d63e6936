package io.homeport.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Runs a line inside a running task: as its user, in its sandbox or container. */
final class TaskShell {
  private TaskShell() {}

  /**
   * Starts a line for {@code /bin/sh}.
   *
   * @param machine the machine
   * @param task the task
   * @param sandbox its sandbox
   * @param run its run directory
   * @param line the line
   * @throws UncheckedIOException when it cannot be started, for instance because the task is over
   */
  static Process start(Machine machine, TaskRecord task, Path sandbox, Path run, String line) {
    try {
      if (task.container().isPresent()) {
        ContainerRuntime runtime =
            machine
                .containers()
                .orElseThrow(() -> new IOException("neither Podman nor Docker works here"));
        return start(runtime.execute(task.container().get(), line), new byte[0]);
      }
      SupervisorStatus status =
          SupervisorStatus.read(run).orElseThrow(() -> new IOException("it has not started"));
      SupervisorSpec spec = HealthProbe.inside(task.id(), sandbox, status.main(), line);
      return start(List.of(machine.supervisor().program().toString(), "--probe"), spec.toBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process start(List<String> command, byte[] input) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (OutputStream stream = process.getOutputStream()) {
      stream.write(input);
    }
    return process;
  }
}
