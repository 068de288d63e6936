package io.homeport.local;

import io.homeport.model.HealthCheck;
import io.homeport.runtime.HealthProbes;
import io.homeport.runtime.NetworkProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Runs single health checks of one task. Marathon's HTTP and TCP forms are run here too, so they do
 * the same as the {@code MESOS_} forms.
 */
final class HealthProbe implements HealthProbes.Probe {
  private final NetworkProbe network;
  private final Function<String, Process> shell;

  /**
   * A probe.
   *
   * @param ports the task's host ports, in order
   * @param shell starts a line inside the task; throws {@link java.io.UncheckedIOException}
   */
  HealthProbe(List<Integer> ports, Function<String, Process> shell) {
    this.network = new NetworkProbe("", ports);
    this.shell = shell;
  }

  @Override
  public Optional<String> run(HealthCheck check) throws InterruptedException, HealthProbes.Ignored {
    try {
      return switch (check.protocol()) {
        case COMMAND -> command(check);
        case TCP, MESOS_TCP, HTTP, MESOS_HTTP, HTTPS, MESOS_HTTPS -> network.run(check);
      };
    } catch (java.io.UncheckedIOException e) {
      return Optional.of(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }
  }

  private Optional<String> command(HealthCheck check) throws InterruptedException {
    Process process = shell.apply(check.command().orElse("true"));
    try {
      if (!process.waitFor(check.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.of("the command took longer than " + check.timeout().toSeconds() + " s");
      }
      int code = process.exitValue();
      return code == 0 ? Optional.empty() : Optional.of("the command exited with status " + code);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Where a probe finds the environment, user and groups of a task: at its main process. */
  static SupervisorSpec inside(String task, Path sandbox, ProcessIdentity main, String line)
      throws IOException {
    SupervisorSpec spec =
        new SupervisorSpec()
            .task(task)
            .directory(sandbox)
            .command(List.of("/bin/sh", "-c", line))
            .environment(ProcessTable.variables(main.pid()));
    TaskUser user = ProcessTable.user(main.pid());
    if (user.uid() != TaskUser.own().uid()) {
      spec.user(user);
    }
    return spec;
  }
}
