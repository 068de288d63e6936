package io.homeport.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.Call;
import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.TaskId;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import io.homeport.runtime.TaskFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when servers, supervisors and machines die. */
class LocalEngineCrashTest {
  @TempDir Path directory;
  private TestScheduler scheduler;

  @BeforeEach
  void start() throws IOException {
    scheduler = TestScheduler.on(directory);
  }

  @AfterEach
  void end() throws Exception {
    Leftovers.end(directory);
    scheduler.close();
  }

  private Path run(TaskId task) {
    return directory.resolve("local-1/tasks").resolve(task.value()).resolve("run");
  }

  private SupervisorStatus status(TaskId task) throws IOException {
    return SupervisorStatus.read(run(task)).orElseThrow();
  }

  private TestScheduler.Stateful running(String line) throws InterruptedException {
    TestScheduler.Stateful db =
        scheduler.launchStateful("db", Apps.app().volumes("data").command(line));
    scheduler.await(db.task(), TaskState.TASK_RUNNING);
    return db;
  }

  private void restart(boolean acknowledging) throws IOException {
    scheduler.close();
    scheduler = TestScheduler.on(directory);
    if (!acknowledging) {
      scheduler.stopAcknowledging();
    }
  }

  @Test
  void theMainProcessKilledIsAFailureAndTheVolumeIsOfferedAgain() throws Exception {
    TestScheduler.Stateful db = running("echo 1 > data/row; exec sleep 7777");
    status(db.task()).main().kill();
    assertThat(scheduler.await(db.task(), TaskState.TASK_FAILED).message())
        .isEqualTo("Command terminated with signal Killed");
    TaskId next = scheduler.relaunch(db, 2);
    scheduler.await(next, TaskState.TASK_RUNNING);
  }

  @Test
  void whatWasBegunAndNotRecordedIsTakenBackButNeverWithData() throws Exception {
    Path volumes = directory.resolve("local-1/volumes");
    Path begun = Files.createDirectories(volumes.resolve("begun/data")).getParent();
    Path barely = Files.createDirectories(volumes.resolve("barely"));
    Path foreign = Files.createDirectories(volumes.resolve("foreign/data"));
    Files.writeString(foreign.resolve("row"), "1");
    Path unfinished =
        Files.createDirectories(directory.resolve("local-1/reservations")).resolve(".r.json.new");
    Files.writeString(unfinished, "{");
    TestScheduler.Stateful db = running("echo 1 > data/row; exec sleep 7777");
    restart(true);
    assertThat(begun).doesNotExist();
    assertThat(barely).doesNotExist();
    assertThat(unfinished).doesNotExist();
    assertThat(foreign.resolve("row")).hasContent("1");
    Path row = volumes.resolve(db.home().volumes().getFirst().id().value()).resolve("data/row");
    TestScheduler.await("the row of the task that goes on", () -> Files.exists(row));
  }

  @Test
  void whatAKilledSupervisorLeavesIsShownAndEndedBeforeAnythingElseStarts() throws Exception {
    TestScheduler.Stateful db =
        running("trap '' TERM; (setsid env -i sleep 7777 &) ; while :; do sleep 1; done");
    SupervisorStatus status = status(db.task());
    TestScheduler.await("a child", () -> Leftovers.of(db.task()).size() > 1);
    status.supervisor().kill();
    TaskUpdate shown = scheduler.await(db.task(), TaskState.TASK_KILLING);
    assertThat(shown.message()).contains("supervisor was killed", "process " + status.main().pid());
    scheduler.await(db.task(), TaskState.TASK_FAILED);
    assertThat(status.main().isAlive()).isFalse();
    TaskId second = scheduler.relaunch(db, 2);
    // One process lost its environment and its parent, and still holds the lock of the volume.
    TaskUpdate refused = scheduler.await(second, TaskState.TASK_DROPPED);
    assertThat(refused.reason()).isEqualTo(TaskUpdate.REASON_VOLUME_IN_USE);
    assertThat(refused.message()).contains("is in use");
    endAll("sleep", "7777");
    TaskId third = scheduler.relaunch(db, 3);
    scheduler.await(third, TaskState.TASK_RUNNING);
  }

  /** Ends processes of this test that nothing marks but the lock they hold. */
  private void endAll(String... command) throws IOException {
    for (long pid : ProcessTable.pids()) {
      boolean same = ProcessTable.command(pid).equals(String.join(" ", command));
      boolean holds =
          ProcessTable.openFiles(pid).stream()
              .anyMatch(file -> file.startsWith(directory.toString()));
      if (same && holds) {
        new ProcessIdentity(pid, ProcessIdentity.start(pid).orElseThrow()).kill();
      }
    }
  }

  @Test
  void aStrangerInTheVolumeKeepsTasksAway() throws Exception {
    TestScheduler.Stateful db = running("exec sleep 7777");
    Path data = directory.resolve("local-1/volumes/db#data#t-1/data");
    scheduler.kill(db.task());
    scheduler.await(db.task(), TaskState.TASK_KILLED);
    Process stranger = new ProcessBuilder("sleep", "7776").directory(data.toFile()).start();
    try {
      TaskId second = scheduler.relaunch(db, 2);
      assertThat(scheduler.await(second, TaskState.TASK_DROPPED).message())
          .contains("process " + stranger.pid() + " (sleep 7776) has its cwd there");
    } finally {
      stranger.destroyForcibly().waitFor();
    }
    scheduler.await(scheduler.relaunch(db, 3), TaskState.TASK_RUNNING);
  }

  @Test
  void aSecondSupervisorDoesNotGetALockedVolume() throws Exception {
    TestScheduler.Stateful db = running("exec sleep 7777");
    Path run = Files.createDirectories(directory.resolve("second"));
    Path volume = directory.resolve("local-1/volumes/db#data#t-1");
    SupervisorSpec spec =
        new SupervisorSpec()
            .task("second")
            .directory(directory)
            .lock(volume)
            .command(List.of("true"));
    Files.write(run.resolve("spec"), spec.toBytes());
    Supervisor supervisor = Supervisor.install(directory.resolve("bin"));
    assertThat(supervisor.start(run)).isInstanceOf(Supervisor.Start.VolumeInUse.class);
    status(db.task()).supervisor().kill(); // the task alone holds it now
    Files.write(run.resolve("spec"), spec.toBytes());
    assertThat(supervisor.start(run)).isInstanceOf(Supervisor.Start.VolumeInUse.class);
    assertThat(run.resolve("status")).doesNotExist();
  }

  @Test
  void aLaterServerFindsTasksAgainAndLearnsWhatItMissed() throws Exception {
    TestScheduler.Stateful db =
        running("while [ ! -e data/stop ]; do sleep 0.05; done; echo bye; exit 7");
    TaskId other = scheduler.launch("other", Apps.app());
    scheduler.await(other, TaskState.TASK_RUNNING);
    ProcessIdentity main = status(other).main();
    scheduler.close();
    Files.createFile(directory.resolve("local-1/volumes/db#data#t-1/data/stop"));
    ProcessIdentity supervisor = status(db.task()).supervisor();
    TestScheduler.await("the end", () -> !supervisor.isAlive());
    scheduler = TestScheduler.on(directory);
    scheduler.stopAcknowledging();
    TaskUpdate missed = scheduler.await(db.task(), TaskState.TASK_FAILED);
    assertThat(missed.message()).isEqualTo("Command exited with status 7");
    scheduler.await(other, TaskState.TASK_RUNNING);
    assertThat(status(other).main()).isEqualTo(main);
    // What was not acknowledged is told to the next server too, as the same update.
    restart(true);
    assertThat(scheduler.await(db.task(), TaskState.TASK_FAILED).uuid()).isEqualTo(missed.uuid());
    var place = new TaskFiles.Place.Sandbox(TestScheduler.AGENT, db.task());
    assertThat(new String(scheduler.engine().files().read(place, "stdout", 0, 99).bytes(), UTF_8))
        .isEqualTo("bye\n");
  }

  @Test
  void whatEndedWithoutAWordIsAFailure() throws Exception {
    TestScheduler.Stateful db = running("exec sleep 7777");
    SupervisorStatus status = status(db.task());
    scheduler.close();
    status.supervisor().kill();
    status.main().kill();
    TestScheduler.await("the end", () -> !status.main().isAlive());
    scheduler = TestScheduler.on(directory);
    assertThat(scheduler.await(db.task(), TaskState.TASK_FAILED).reason())
        .isEqualTo("REASON_EXECUTOR_TERMINATED");
    scheduler.await(scheduler.relaunch(db, 2), TaskState.TASK_RUNNING);
  }

  @Test
  void aRestartedMachineIsNoFaultOfTheTask() throws Exception {
    TestScheduler.Stateful db = running("exec sleep 7777");
    scheduler.close();
    Leftovers.end(directory);
    Path file = run(db.task()).resolveSibling("task.json");
    String boot = ProcessIdentity.bootId();
    Files.writeString(file, Files.readString(file).replace(boot, "an earlier boot"));
    scheduler = TestScheduler.on(directory);
    assertThat(scheduler.await(db.task(), TaskState.TASK_FAILED).reason())
        .isEqualTo(TaskUpdate.REASON_AGENT_REBOOTED);
    scheduler.await(scheduler.relaunch(db, 2), TaskState.TASK_RUNNING);
  }

  @Test
  void anIntentThatWasNeverCarriedOutIsDropped() throws Exception {
    TestScheduler.Stateful db = running("exec sleep 7777");
    scheduler.kill(db.task());
    scheduler.await(db.task(), TaskState.TASK_KILLED);
    scheduler.close();
    Path file = run(db.task()).resolveSibling("task.json");
    TaskId lost = TaskId.of(db.task().instanceId(), 2);
    Path intent = directory.resolve("local-1/tasks").resolve(lost.value());
    Files.createDirectories(intent.resolve("run"));
    Files.writeString(
        intent.resolve("task.json"),
        Files.readString(file)
            .replace(db.task().value(), lost.value())
            .replaceAll("\"outcome\":\\{[^}]*\\}", "\"outcome\":null")
            .replaceAll("\"killReason\":\"\"", "\"killReason\":null")
            .replace("\"acknowledged\":true", "\"acknowledged\":false"));
    Files.writeString(intent.resolve("run/spec"), "task=x\0");
    scheduler = TestScheduler.on(directory);
    scheduler.await(lost, TaskState.TASK_DROPPED);
    assertThat(intent.resolve("run/spec")).doesNotExist();
  }

  @Test
  void theOutcomeOfOperationsIsKnownAfterARestart() throws Exception {
    TestScheduler.Stateful db = running("exec sleep 7777");
    restart(true);
    OperationId reserve = OperationId.of(OperationId.Kind.RESERVE, db.home().id(), "1");
    OperationId create =
        OperationId.of(OperationId.Kind.CREATE, db.home().volumes().getFirst().id(), "1");
    OperationId other = OperationId.of(OperationId.Kind.RESERVE, db.home().id(), "other");
    List<Call.KnownOperation> asked =
        List.of(reserve, create, other).stream()
            .map(id -> new Call.KnownOperation(id, TestScheduler.AGENT))
            .toList();
    scheduler.offer(TestScheduler.AGENT, _ -> true);
    scheduler.send(new Call.ReconcileOperations(asked));
    assertThat(scheduler.await(reserve).state()).isEqualTo(OperationUpdate.State.FINISHED);
    assertThat(scheduler.await(create).state()).isEqualTo(OperationUpdate.State.FINISHED);
    assertThat(scheduler.await(other).state()).isEqualTo(OperationUpdate.State.UNKNOWN);
  }

  @Test
  void aKillReachesATaskOfAnEarlierServer() throws Exception {
    TestScheduler.Stateful db = running("exec sleep 7777");
    restart(true);
    scheduler.await(db.task(), TaskState.TASK_RUNNING);
    scheduler.send(
        new Call.Kill(db.task(), TestScheduler.AGENT, Optional.of(Duration.ofSeconds(5))));
    assertThat(scheduler.await(db.task(), TaskState.TASK_KILLED).message())
        .isEqualTo("Command terminated with signal Terminated");
  }

  @Test
  void aSupervisorIsSmallAndKeepsLogsBoundedWithoutTheServer() throws Exception {
    TaskId task =
        scheduler.launch(
            "chatty",
            Apps.app()
                .command(
                    "while [ ! -e go ]; do sleep 0.05; done;"
                        + " dd if=/dev/zero bs=65536 count=640 2>/dev/null; echo end; touch done;"
                        + " exec sleep 7777"));
    scheduler.await(task, TaskState.TASK_RUNNING);
    scheduler.close();
    Path sandbox = run(task).resolveSibling("sandbox");
    Files.createFile(sandbox.resolve("go"));
    TestScheduler.await("40 MiB of output", () -> Files.exists(sandbox.resolve("done")));
    long kib =
        Files.readAllLines(Path.of("/proc/" + status(task).supervisor().pid() + "/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElseThrow();
    assertThat(kib).isPositive().isLessThanOrEqualTo(2048);
    scheduler = TestScheduler.on(directory);
    SegmentedLog log = new SegmentedLog(run(task).resolve("logs"), "stdout");
    long written = 640L * 65536 + 4;
    TestScheduler.await("all of it", () -> size(log) == written);
    var place = new TaskFiles.Place.Sandbox(TestScheduler.AGENT, task);
    TaskFiles.Chunk first = scheduler.engine().files().read(place, "stdout", 0, 1);
    assertThat(first.offset()).isGreaterThanOrEqualTo(written - 2 * (10L << 20));
    TaskFiles.Chunk tail = scheduler.engine().files().read(place, "stdout", -4, 100);
    assertThat(new String(tail.bytes(), UTF_8)).isEqualTo("end\n");
    assertThat(tail.size()).isEqualTo(written);
  }

  private static long size(SegmentedLog log) {
    try {
      return log.size();
    } catch (IOException e) {
      return -1;
    }
  }
}
