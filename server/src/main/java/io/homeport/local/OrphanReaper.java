package io.homeport.local;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Ends what is left of a task whose supervisor was killed: the processes that are proved to be the
 * task's own, by the main process's identity, by the task's marker in their environment, or by
 * descent from such a one. Strangers that merely use a volume are left alone.
 */
final class OrphanReaper {
  private static final Duration STEP = Duration.ofMillis(100);

  private OrphanReaper() {}

  /**
   * The task's processes.
   *
   * @param task the task's id
   * @param main its main process, if that was recorded
   * @throws IOException when the processes of this machine cannot be listed
   */
  static List<ProcessIdentity> find(String task, Optional<ProcessIdentity> main)
      throws IOException {
    Map<Long, ProcessIdentity> found = new LinkedHashMap<>();
    main.filter(ProcessIdentity::isAlive).ifPresent(process -> found.put(process.pid(), process));
    String marker = Vacancy.TASK_VARIABLE + "=" + task;
    for (long pid : ProcessTable.pids()) {
      if (ProcessTable.environment(pid).contains(marker)) {
        add(found, pid);
      }
    }
    for (long pid : List.copyOf(found.keySet())) {
      ProcessHandle.of(pid).stream()
          .flatMap(ProcessHandle::descendants)
          .forEach(descendant -> add(found, descendant.pid()));
    }
    return new ArrayList<>(found.values());
  }

  private static void add(Map<Long, ProcessIdentity> found, long pid) {
    OptionalLong start = ProcessIdentity.start(pid);
    if (start.isPresent()) {
      found.putIfAbsent(pid, new ProcessIdentity(pid, start.getAsLong()));
    }
  }

  /**
   * Ends the task's processes and returns when none is left.
   *
   * @param task the task's id
   * @param main its main process, if that was recorded
   * @param grace between the polite signal and the forced one
   */
  static void end(String task, Optional<ProcessIdentity> main, Duration grace)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + grace.toNanos();
    List<ProcessIdentity> left = find(task, main);
    left.forEach(ProcessIdentity::terminate);
    while (!left.isEmpty()) {
      Thread.sleep(STEP);
      left = find(task, main);
      if (System.nanoTime() - deadline > 0) {
        left.forEach(ProcessIdentity::kill);
      }
    }
  }
}
