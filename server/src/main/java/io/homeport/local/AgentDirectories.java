package io.homeport.local;

import io.homeport.model.TaskId;
import io.homeport.model.VolumeId;
import java.nio.file.Path;

/**
 * Where an agent keeps what.
 *
 * <pre>
 * agent.json                    what operators said of the agent
 * reservations/ID.json          one for each reservation, with its volumes
 * volumes/ID/data/              the data of a volume; removed by its DESTROY alone
 * volumes/ID/owner, tenant      the locks of the volume
 * tasks/ID/task.json            the intent to launch a task, later its outcome
 * tasks/ID/sandbox/             the task's working directory
 * tasks/ID/run/                 shared with the supervisor: spec, status, lock, kill, logs/
 * trash/                        what is being deleted
 * </pre>
 *
 * @param root the agent's directory; absolute
 */
record AgentDirectories(Path root) {
  /** The name of the directory of a volume's data, within the volume's. */
  static final String DATA = "data";

  /** What the agent remembers of itself. */
  Path agentFile() {
    return root.resolve("agent.json");
  }

  /** The reservations. */
  Path reservations() {
    return root.resolve("reservations");
  }

  /** The volumes. */
  Path volumes() {
    return root.resolve("volumes");
  }

  /** A volume: its data and its locks. */
  Path volume(VolumeId volume) {
    return volumes().resolve(FileNames.of(volume.value()));
  }

  /** A volume's data. */
  Path data(VolumeId volume) {
    return volume(volume).resolve(DATA);
  }

  /** The tasks. */
  Path tasks() {
    return root.resolve("tasks");
  }

  /** All there is of a task. */
  Path task(TaskId task) {
    return tasks().resolve(FileNames.of(task.value()));
  }

  /** A task's working directory. */
  Path sandbox(TaskId task) {
    return task(task).resolve("sandbox");
  }

  /** What the server and the supervisor share. */
  Path run(TaskId task) {
    return task(task).resolve("run");
  }

  /** What is being deleted. */
  Path trash() {
    return root.resolve("trash");
  }
}
