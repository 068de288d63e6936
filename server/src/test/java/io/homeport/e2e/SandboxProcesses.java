package io.homeport.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds out from {@code /proc}, and so independently of Homeport, which tasks have processes. */
final class SandboxProcesses {
  private static final String VARIABLE = "MESOS_TASK_ID=";

  private SandboxProcesses() {}

  /** A process of a task. */
  private record TaskProcess(ProcessHandle process, String taskId) {}

  /**
   * The task id of each process that runs {@code sleep} below a directory, sorted; a task with two
   * such processes is there twice.
   */
  static List<String> taskIds(Path below) {
    return find(below).stream().map(TaskProcess::taskId).sorted().toList();
  }

  /** Those processes themselves, in the order of their pids. */
  static List<ProcessHandle> sleeping(Path below) {
    return find(below).stream().map(TaskProcess::process).sorted().toList();
  }

  private static List<TaskProcess> find(Path below) {
    List<TaskProcess> found = new ArrayList<>();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      all.filter(process -> process.info().command().orElse("").endsWith("/sleep"))
          .forEach(
              process ->
                  taskId(process.pid(), below).stream()
                      .map(id -> new TaskProcess(process, id))
                      .forEach(found::add));
    }
    return found;
  }

  private static List<String> taskId(long pid, Path below) {
    Path proc = Path.of("/proc", Long.toString(pid));
    try {
      if (!proc.resolve("cwd").toRealPath().startsWith(below.toRealPath())) {
        return List.of();
      }
      String environment =
          new String(Files.readAllBytes(proc.resolve("environ")), StandardCharsets.UTF_8);
      return Stream.of(environment.split("\0"))
          .filter(variable -> variable.startsWith(VARIABLE))
          .map(variable -> variable.substring(VARIABLE.length()))
          .toList();
    } catch (IOException ended) {
      return List.of();
    }
  }
}
