package io.homeport.local;

import io.homeport.model.ReservationId;
import io.homeport.model.TaskId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an agent knows by itself, on disk: its reservations, volumes and tasks. It is independent of
 * the scheduler's store, as a Mesos agent's is, so that neither can mislead the other. One small
 * JSON file for each thing, replaced as a whole and synced before the call returns.
 */
final class AgentLedger {
  private static final int FORMAT = 1;
  private static final String PRIVATE = "rw-------";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final AgentDirectories directories;
  private final SortedMap<ReservationId, ReservationRecord> reservations = new TreeMap<>();
  private AgentRecord agent = AgentRecord.NEW;

  private AgentLedger(AgentDirectories directories) {
    this.directories = directories;
  }

  /**
   * Opens an agent's ledger, or begins one.
   *
   * @param directories the agent's directories
   * @throws IOException when it cannot be read: rather no agent than one that forgot a volume
   */
  static AgentLedger open(AgentDirectories directories) throws IOException {
    AgentLedger ledger = new AgentLedger(directories);
    // Entered, but not listed, by the users that tasks run as.
    DurableFiles.makeDirectory(directories.root(), "rwx--x--x");
    DurableFiles.makeDirectory(directories.reservations(), "rwx------");
    DurableFiles.makeDirectory(directories.volumes(), "rwx--x--x");
    DurableFiles.makeDirectory(directories.tasks(), "rwx--x--x");
    DurableFiles.makeDirectory(directories.trash(), "rwx------");
    DurableFiles.removeUnfinished(directories.root());
    DurableFiles.removeUnfinished(directories.reservations());
    if (Files.exists(directories.agentFile())) {
      ledger.agent = read(directories.agentFile(), AgentRecord.class);
      check(ledger.agent.format(), directories.agentFile());
    }
    for (Path file : list(directories.reservations())) {
      if (file.toString().endsWith(".json")) {
        ReservationRecord record = read(file, ReservationRecord.class);
        check(record.format(), file);
        ledger.reservations.put(new ReservationId(record.id()), record);
      }
    }
    return ledger;
  }

  private static void check(int format, Path file) throws IOException {
    if (format != FORMAT) {
      throw new IOException(
          file + " has format " + format + ", which a newer version of Homeport must have written");
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(files::add);
    }
    return files;
  }

  private static <T> T read(Path file, Class<T> type) throws IOException {
    try {
      return JSON.readValue(Files.readAllBytes(file), type);
    } catch (JacksonException e) {
      throw new IOException(file + " cannot be understood: " + e.getOriginalMessage(), e);
    }
  }

  private void write(Path file, Object record) throws IOException {
    DurableFiles.write(file, JSON.writeValueAsBytes(record), PRIVATE);
  }

  /** What the agent remembers of itself. */
  AgentRecord agent() {
    return agent;
  }

  /** Remembers what operators said. */
  void put(AgentRecord next) throws IOException {
    write(directories.agentFile(), next);
    agent = next;
  }

  /** All reservations. */
  SortedMap<ReservationId, ReservationRecord> reservations() {
    return reservations;
  }

  /** Remembers a reservation as it is now. */
  void put(ReservationRecord next) throws IOException {
    ReservationId id = new ReservationId(next.id());
    write(file(id), next);
    reservations.put(id, next);
  }

  /** Forgets a reservation. */
  void remove(ReservationId id) throws IOException {
    DurableFiles.delete(file(id));
    reservations.remove(id);
  }

  private Path file(ReservationId id) {
    return directories.reservations().resolve(FileNames.of(id.value()) + ".json");
  }

  /** All tasks on record, ended ones included. */
  List<TaskRecord> tasks() throws IOException {
    return recordsOf(directories);
  }

  /** All tasks on record of an agent, ended ones included; from any thread. */
  static List<TaskRecord> recordsOf(AgentDirectories agent) throws IOException {
    List<TaskRecord> tasks = new ArrayList<>();
    for (Path directory : list(agent.tasks())) {
      Path file = directory.resolve("task.json");
      if (Files.exists(file)) {
        TaskRecord record = read(file, TaskRecord.class);
        check(record.format(), file);
        tasks.add(record);
      }
    }
    return tasks;
  }

  /** The record of a task, if there is one. */
  Optional<TaskRecord> task(TaskId task) throws IOException {
    return recordOf(directories, task);
  }

  /** The record of a task of an agent, if there is one; from any thread. */
  static Optional<TaskRecord> recordOf(AgentDirectories agent, TaskId task) throws IOException {
    Path file = agent.task(task).resolve("task.json");
    return Files.exists(file) ? Optional.of(read(file, TaskRecord.class)) : Optional.empty();
  }

  /** Remembers a task as it is now. */
  void put(TaskRecord next) throws IOException {
    DurableFiles.makeDirectory(directories.task(next.taskId()), "rwx--x--x");
    write(directories.task(next.taskId()).resolve("task.json"), next);
  }
}
