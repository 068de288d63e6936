package io.homeport.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeport.model.AgentId;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.FetchUri;
import io.homeport.model.HealthCheck;
import io.homeport.model.Offer;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.Reservation;
import io.homeport.model.TaskId;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import io.homeport.runtime.TaskFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ordinary life of tasks, volumes and agents. */
class LocalEngineTest {
  private static final AgentId AGENT = TestScheduler.AGENT;

  @TempDir Path directory;
  private TestScheduler scheduler;

  @BeforeEach
  void start() throws IOException {
    // As with a real data directory, other users may pass but not list.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    scheduler = TestScheduler.on(directory);
  }

  @AfterEach
  void end() throws Exception {
    Leftovers.end(directory);
    scheduler.close();
  }

  private TaskFiles.Place.Sandbox sandbox(TaskId task) {
    return new TaskFiles.Place.Sandbox(AGENT, task);
  }

  private String read(TaskId task, String path) throws IOException {
    return new String(
        scheduler.engine().files().read(sandbox(task), path, 0, 1 << 20).bytes(), UTF_8);
  }

  @Test
  void aTaskRunsAndItsExitCodeIsKnown() throws Exception {
    TaskId task = scheduler.launch("short", Apps.app().command("echo hello; exit 3"));
    scheduler.await(task, TaskState.TASK_STARTING);
    TaskUpdate failed = scheduler.await(task, TaskState.TASK_FAILED);
    assertThat(failed.message()).isEqualTo("Command exited with status 3");
    assertThat(read(task, "stdout")).isEqualTo("hello\n");
    TaskId well = scheduler.launch("well", Apps.app().command("exit 0"));
    scheduler.await(well, TaskState.TASK_FINISHED);
  }

  @Test
  void theEnvironmentIsCleanAndArgumentsNeedNoShell() throws Exception {
    TaskId task = scheduler.launch("env", Apps.app().args("env").env("SECRET", "a b\n\"c\""));
    scheduler.await(task, TaskState.TASK_FINISHED);
    String env = read(task, "stdout");
    assertThat(env)
        .contains("SECRET=a b\n\"c\"\n", "MESOS_TASK_ID=" + task + "\n", "HOST=local-1\n")
        .contains(
            "MESOS_SANDBOX=" + scheduler.engine().files().location(sandbox(task)).orElseThrow())
        .contains("PORT0=31000\n")
        .doesNotContain("JAVA_HOME");
    assertThat(directory.resolve("local-1/tasks").resolve(task.value()).resolve("run/spec"))
        .doesNotExist();
  }

  @Test
  void aMissingProgramIsNamed() throws Exception {
    TaskId task = scheduler.launch("missing", Apps.app().args("/no/such/program"));
    assertThat(scheduler.await(task, TaskState.TASK_FAILED).message())
        .contains("cannot run /no/such/program: No such file or directory");
  }

  @Test
  void aKillEndsTheWholeTreeAlsoWhatEscaped() throws Exception {
    TaskId task =
        scheduler.launch(
            "tree",
            Apps.app()
                .command(
                    "trap '' TERM; (setsid sh -c 'trap \"\" TERM; (sleep 7777 &) ; sleep 7777' &);"
                        + " echo ready; while :; do sleep 7777; done"));
    scheduler.await(task, TaskState.TASK_RUNNING);
    TestScheduler.await("three sleepers", () -> Leftovers.of(task).size() >= 5);
    scheduler.kill(task);
    scheduler.await(task, TaskState.TASK_KILLING);
    TaskUpdate killed = scheduler.await(task, TaskState.TASK_KILLED);
    assertThat(killed.message()).isEqualTo("Command terminated with signal Killed");
    assertThat(Leftovers.of(task)).isEmpty();
  }

  @Test
  void aTaskThatGoesIntoTheBackgroundEndsWithItsMainProcess() throws Exception {
    TaskId task = scheduler.launch("daemon", Apps.app().command("(setsid sleep 7777 &); exit 0"));
    scheduler.await(task, TaskState.TASK_FINISHED);
    assertThat(Leftovers.of(task)).isEmpty();
  }

  @Test
  void aVolumeKeepsItsDataFromTaskToTask() throws Exception {
    TestScheduler.Stateful db =
        scheduler.launchStateful(
            "db",
            Apps.app().volumes("data").command("echo run >> data/rows; cat data/rows; sleep 7777"));
    scheduler.await(db.task(), TaskState.TASK_RUNNING);
    TestScheduler.await("the first row", () -> Leftovers.of(db.task()).size() > 1);
    scheduler.kill(db.task());
    scheduler.await(db.task(), TaskState.TASK_KILLED);
    TaskId second = scheduler.relaunch(db, 2);
    scheduler.await(second, TaskState.TASK_RUNNING);
    TestScheduler.await("two rows", () -> log(second).equals("run\nrun\n"));
    VolumeId volume = db.home().volumes().getFirst().id();
    TaskFiles.Place.VolumeData data = new TaskFiles.Place.VolumeData(AGENT, volume);
    assertThat(new String(scheduler.engine().files().read(data, "rows", 4, 100).bytes(), UTF_8))
        .isEqualTo("run\n");
    assertThat(read(second, "data/rows")).isEqualTo("run\nrun\n");
    TestScheduler.await("usage", () -> scheduler.engine().files().usage(data).isPresent());
  }

  private String log(TaskId task) {
    try {
      return read(task, "stdout");
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void destroyAndUnreserveGiveEverythingBackAndNothingElseDoes() throws Exception {
    TestScheduler.Stateful db = scheduler.launchStateful("db", Apps.app().volumes("data"));
    scheduler.await(db.task(), TaskState.TASK_RUNNING);
    Path data = directory.resolve("local-1/volumes/db#data#t-1/data");
    Files.writeString(data.resolve("row"), "1");
    scheduler.kill(db.task());
    scheduler.await(db.task(), TaskState.TASK_KILLED);
    Offer offer = scheduler.offer(AGENT, open -> !open.reservations().isEmpty());
    var part = offer.reservations().getFirst();
    assertThat(part.volumes()).hasSize(1);
    assertThat(part.resources().disk()).isEqualTo(10);
    OperationId destroy =
        OperationId.of(OperationId.Kind.DESTROY, part.volumes().getFirst().id(), "2");
    OperationId unreserve = OperationId.of(OperationId.Kind.UNRESERVE, part.id(), "2");
    assertThat(data.resolve("row")).exists();
    scheduler.accept(
        offer,
        List.of(
            new Operation.Destroy(destroy, part, part.volumes().getFirst()),
            new Operation.Unreserve(unreserve, part)));
    assertThat(scheduler.await(destroy).state()).isEqualTo(OperationUpdate.State.FINISHED);
    assertThat(scheduler.await(unreserve).state()).isEqualTo(OperationUpdate.State.FINISHED);
    assertThat(data).doesNotExist();
    scheduler.offer(
        AGENT, open -> open.reservations().isEmpty() && open.unreserved().ports().contains(31000));
    TestScheduler.await("an empty trash", () -> isEmpty(directory.resolve("local-1/trash")));
  }

  private static boolean isEmpty(Path path) {
    String[] names = path.toFile().list();
    return names != null && names.length == 0;
  }

  @Test
  void operationsOfOneAcceptFailOneByOne() throws Exception {
    TestScheduler.Stateful one = scheduler.launchStateful("one", Apps.app().volumes("data"));
    scheduler.await(one.task(), TaskState.TASK_RUNNING);
    var app = Apps.app().volumes("data").build("/two");
    Offer offer = scheduler.offer(AGENT, open -> open.unreserved().resources().cpus() > 1);
    Reservation home =
        TestScheduler.home(app, AGENT, offer.unreserved().ports().ports().getFirst());
    Volume taken = one.home().volumes().getFirst();
    OperationId reserve = OperationId.of(OperationId.Kind.RESERVE, home.id(), "1");
    OperationId create = OperationId.of(OperationId.Kind.CREATE, taken.id(), "2");
    TaskId task = TaskId.of(home.owner().orElseThrow(), 1);
    scheduler.accept(
        offer,
        List.of(
            new Operation.Reserve(reserve, home),
            new Operation.Create(create, home, taken),
            TestScheduler.launch(app, task, AGENT, home.ports(), Optional.of(home))));
    assertThat(scheduler.await(reserve).state()).isEqualTo(OperationUpdate.State.FINISHED);
    OperationUpdate refused = scheduler.await(create);
    assertThat(refused.state()).isEqualTo(OperationUpdate.State.FAILED);
    assertThat(refused.message()).contains("is not unique");
    assertThat(refused.uuid()).isEmpty();
    scheduler.await(task, TaskState.TASK_ERROR);
    scheduler.offer(
        AGENT, open -> open.reservations().stream().anyMatch(part -> part.id().equals(home.id())));
  }

  @Test
  void anOfferIsAnsweredOnce() throws Exception {
    Offer offer = scheduler.offer(AGENT, _ -> true);
    Operation.Launch first = TestScheduler.plain("first", Apps.app(), offer);
    Operation.Launch second = TestScheduler.plain("second", Apps.app(), offer);
    scheduler.accept(offer, List.of(first));
    scheduler.accept(offer, List.of(second));
    TaskUpdate dropped = scheduler.await(second.launch().task(), TaskState.TASK_DROPPED);
    assertThat(dropped.reason()).isEqualTo("REASON_INVALID_OFFERS");
    assertThat(dropped.uuid()).isEmpty();
    scheduler.await(first.launch().task(), TaskState.TASK_RUNNING);
    // The same launch once more is answered with how the task is, and starts nothing.
    Offer next = scheduler.offer(AGENT, _ -> true);
    scheduler.accept(next, List.of(first));
    scheduler.await(
        "an answer",
        event ->
            event instanceof ClusterEvent.TaskUpdated(TaskUpdate update)
                    && update.task().equals(first.launch().task())
                    && update.uuid().isEmpty()
                    && update.state() == TaskState.TASK_RUNNING
                ? Optional.of(update)
                : Optional.empty());
    assertThat(Leftovers.of(first.launch().task())).hasSize(1);
  }

  @Test
  void declinedResourcesStayAwayUntilARevive() throws Exception {
    Offer offer = scheduler.offer(AGENT, _ -> true);
    scheduler.send(new Call.Decline(List.of(offer.id()), Duration.ofHours(1)));
    long offers = count();
    scheduler.send(new Call.Revive());
    TestScheduler.await("another offer", () -> count() == offers + 1);
  }

  private long count() {
    return scheduler.events().stream()
        .filter(ClusterEvent.OffersReceived.class::isInstance)
        .count();
  }

  @Test
  void reconciliationTellsWhatIsKnown() throws Exception {
    TaskId task = scheduler.launch("known", Apps.app());
    scheduler.await(task, TaskState.TASK_RUNNING);
    TaskId never = new TaskId("never.instance-x._app.1");
    scheduler.send(
        new Call.Reconcile(
            List.of(
                new Call.KnownTask(never, AGENT),
                new Call.KnownTask(never, new AgentId("elsewhere")))));
    assertThat(scheduler.await(never, TaskState.TASK_GONE).uuid()).isEmpty();
    assertThat(scheduler.await(never, TaskState.TASK_UNKNOWN).uuid()).isEmpty();
    OperationId unknown = new OperationId("reserve~x~1");
    scheduler.send(new Call.ReconcileOperations(List.of(new Call.KnownOperation(unknown, AGENT))));
    assertThat(scheduler.await(unknown).state()).isEqualTo(OperationUpdate.State.UNKNOWN);
  }

  @Test
  void healthChecksReportCrossings() throws Exception {
    HealthCheck check =
        new HealthCheck(
            HealthCheck.Protocol.COMMAND,
            Optional.empty(),
            Optional.of("test -e \"$MESOS_SANDBOX/good\""),
            Optional.empty(),
            Optional.empty(),
            Duration.ZERO,
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            2,
            Duration.ZERO,
            false,
            false);
    TaskId task =
        scheduler.launch("healthy", Apps.app().check(check).command("touch good; sleep 7777"));
    assertThat(health(task, true).message()).isEmpty();
    Files.delete(directory.resolve("local-1/tasks").resolve(task.value()).resolve("sandbox/good"));
    assertThat(health(task, false).message()).contains("exited with status 1");
  }

  private TaskUpdate health(TaskId task, boolean healthy) throws InterruptedException {
    return scheduler.await(
        "health " + healthy,
        event ->
            event instanceof ClusterEvent.TaskUpdated(TaskUpdate update)
                    && update.task().equals(task)
                    && update.healthy().equals(Optional.of(healthy))
                ? Optional.of(update)
                : Optional.empty());
  }

  @Test
  void filesAreFetchedAndMissingOnesAreNamed() throws Exception {
    Path source = Files.writeString(directory.resolve("tool.sh"), "#!/bin/sh\necho fetched\n");
    FetchUri good = new FetchUri("file://" + source, true, true, false, Optional.of("bin/tool"));
    TaskId task = scheduler.launch("fetch", Apps.app().fetch(good).command("bin/tool"));
    scheduler.await(task, TaskState.TASK_FINISHED);
    assertThat(read(task, "stdout")).isEqualTo("fetched\n");
    FetchUri bad = new FetchUri("file:///no/such/file", true, false, false, Optional.empty());
    TaskId failed = scheduler.launch("fetchless", Apps.app().fetch(bad));
    assertThat(scheduler.await(failed, TaskState.TASK_FAILED).message())
        .contains("cannot fetch file:///no/such/file");
  }

  @Test
  void aTaskRunsAsItsUserAndMayWriteToItsVolume() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue(TaskUser.own().uid() == 0, "needs root");
    TestScheduler.Stateful db =
        scheduler.launchStateful(
            "user",
            Apps.app().user("nobody").volumes("data").command("id -un; touch data/x && echo ok"));
    scheduler.await(db.task(), TaskState.TASK_FINISHED);
    assertThat(read(db.task(), "stdout")).isEqualTo("nobody\nok\n");
    TaskId stranger = scheduler.launch("stranger", Apps.app().user("no-such-user"));
    assertThat(scheduler.await(stranger, TaskState.TASK_FAILED).message())
        .contains("there is no user 'no-such-user'");
  }

  @Test
  void oneDirectoryHasOneEngine() {
    assertThatThrownBy(() -> LocalEngine.open(TestScheduler.options(directory, 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another server uses");
  }
}
