package io.homeport.local;

import io.homeport.model.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The processes of tasks, so that no test leaves any behind. */
final class Leftovers {
  private Leftovers() {}

  /** A task's processes. */
  static List<ProcessIdentity> of(TaskId task) {
    try {
      return OrphanReaper.find(task.value(), Optional.empty());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Ends every task of an engine's directory, first its supervisor. Both may be writing while this
   * looks, so that nothing but the tasks' directories is listed.
   */
  static void end(Path directory) throws IOException {
    for (Path agent : entries(directory)) {
      for (Path task : entries(agent.resolve("tasks"))) {
        Optional<SupervisorStatus> known = SupervisorStatus.read(task.resolve("run"));
        if (known.isPresent()) {
          known.get().supervisor().kill();
          of(new TaskId(String.valueOf(task.getFileName()))).forEach(ProcessIdentity::kill);
        }
      }
    }
  }

  private static List<Path> entries(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }
}
