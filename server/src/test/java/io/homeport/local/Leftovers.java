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

  /** Ends every task of an engine's directory, first its supervisor. */
  static void end(Path directory) throws IOException {
    try (Stream<Path> files = Files.find(directory, 5, (path, _) -> path.endsWith("run/status"))) {
      for (Path status : files.toList()) {
        SupervisorStatus known =
            SupervisorStatus.read(java.util.Objects.requireNonNull(status.getParent()))
                .orElseThrow();
        known.supervisor().kill();
        Path task = status.getParent();
        Path name = task == null ? null : task.getParent();
        if (name != null) {
          of(new TaskId(String.valueOf(name.getFileName()))).forEach(ProcessIdentity::kill);
        }
      }
    }
  }
}
