package io.homeport.store;

import io.homeport.model.AccessMode;
import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.BackoffStrategy;
import io.homeport.model.Condition;
import io.homeport.model.Constraint;
import io.homeport.model.Container;
import io.homeport.model.ContainerImage;
import io.homeport.model.ContainerType;
import io.homeport.model.Deployment;
import io.homeport.model.DeploymentId;
import io.homeport.model.DiskSource;
import io.homeport.model.DiskType;
import io.homeport.model.FetchUri;
import io.homeport.model.Goal;
import io.homeport.model.HealthCheck;
import io.homeport.model.HostVolume;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.KillSelection;
import io.homeport.model.Network;
import io.homeport.model.OperationId;
import io.homeport.model.PersistentVolumeSpec;
import io.homeport.model.PortDefinition;
import io.homeport.model.PortMapping;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.ReservationState;
import io.homeport.model.Residency;
import io.homeport.model.Resources;
import io.homeport.model.RunCommand;
import io.homeport.model.Task;
import io.homeport.model.TaskFailure;
import io.homeport.model.TaskId;
import io.homeport.model.UnreachableStrategy;
import io.homeport.model.UpgradeStrategy;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import io.homeport.state.Change;
import io.homeport.state.SafeMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One change of every shape that is stored, by name: full ones, empty ones, each variant. */
final class GoldenSamples {
  private static final Instant T1 = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Instant T2 = Instant.parse("2026-02-03T04:05:06Z");
  private static final AppId SAMSON = new AppId("/sesame/samson");
  private static final AgentId AGENT = new AgentId("local-1");
  private static final InstanceId INSTANCE = InstanceId.of(SAMSON, "k3j9x0ab-7");
  private static final ReservationId RESERVATION = new ReservationId("sesame_samson.k3j9x0ab-8");

  private GoldenSamples() {}

  static SortedMap<String, Change.Stored> all() {
    SortedMap<String, Change.Stored> samples = new TreeMap<>();
    samples.put("installation", new Change.InstallationNamed("k3j9x0ab"));
    samples.put("term", new Change.TermBegan("zz00zz00"));
    samples.put("framework", new Change.FrameworkRegistered("f-1234-0000"));
    samples.put("safe-mode", new Change.SafeModeBegan(new SafeMode(T2, "restored \u00e4.")));
    samples.put("app-full", new Change.AppPut(fullApp()));
    samples.put("app-stateful", new Change.AppPut(statefulApp()));
    samples.put("app-image", new Change.AppPut(minimalApp(new RunCommand.ImageDefault(), SAMSON)));
    samples.put("app-pause", new Change.AppPut(minimalApp(new RunCommand.Pause(), SAMSON)));
    samples.put("instance-full", new Change.InstancePut(fullInstance()));
    samples.put("instance-new", new Change.InstancePut(newInstance()));
    samples.put("instance-detached", new Change.InstancePut(newInstance().withGoal(Goal.STOPPED)));
    putReservations(samples);
    samples.put("deployment", new Change.DeploymentPut(deployment()));
    samples.put("agent-full", new Change.AgentPut(fullAgent()));
    samples.put("agent-plain", new Change.AgentPut(plainAgent()));
    samples.put("failure", new Change.TaskFailed(failure()));
    return samples;
  }

  static AppDefinition minimalApp(RunCommand command, AppId id) {
    return new AppDefinition(
        id,
        command,
        Optional.empty(),
        Collections.emptySortedMap(),
        0,
        new Resources(0.1, 32, 0, 0),
        Optional.empty(),
        List.of(Network.HOST),
        List.of(),
        false,
        List.of(),
        List.of(),
        List.of(),
        UpgradeStrategy.STATELESS,
        BackoffStrategy.DEFAULT,
        Collections.emptySortedMap(),
        List.of(),
        "*",
        new UnreachableStrategy.Disabled(),
        KillSelection.YOUNGEST_FIRST,
        Optional.empty(),
        Optional.empty(),
        T1,
        T1,
        T1);
  }

  private static AppDefinition fullApp() {
    return new AppDefinition(
        SAMSON,
        new RunCommand.Exec(List.of("/bin/echo", "", "ünï \"quoted\"\n\ttab")),
        Optional.of("nobody"),
        SortedMapOf.texts("A", "1", "EMPTY", "", "Ü", "€ \\ \u0001 \ud83d"),
        3,
        new Resources(1.5, 128.125, 10, 1),
        Optional.of(fullContainer()),
        List.of(
            new Network(Network.Mode.CONTAINER, Optional.of("blue")),
            new Network(Network.Mode.CONTAINER_BRIDGE, Optional.empty())),
        List.of(
            new PortDefinition(
                10_000, "tcp", Optional.of("http"), SortedMapOf.texts("VIP", "/x:80")),
            new PortDefinition(0, "udp,tcp", Optional.empty(), SortedMapOf.texts())),
        true,
        List.of(
            new Constraint("hostname", Constraint.Operator.UNIQUE, Optional.empty()),
            new Constraint("rack", Constraint.Operator.MAX_PER, Optional.of("2"))),
        List.of(
            new FetchUri("https://example.com/a.tgz", true, true, true, Optional.of("b")),
            new FetchUri("file:///tmp/x", false, false, false, Optional.empty())),
        List.of(fullCheck(), plainCheck()),
        new UpgradeStrategy(0.75, 0.333),
        new BackoffStrategy(Duration.ofMillis(1500), 1.15, Duration.ofHours(1)),
        SortedMapOf.texts("owner", "ops"),
        List.of("*", "prod"),
        "prod",
        new UnreachableStrategy.Enabled(Duration.ofSeconds(300), Duration.ofSeconds(600)),
        KillSelection.OLDEST_FIRST,
        Optional.of(Duration.ofSeconds(7)),
        Optional.empty(),
        T2,
        T1,
        T2);
  }

  private static AppDefinition statefulApp() {
    AppDefinition plain = minimalApp(new RunCommand.Shell("sleep 1000"), SAMSON);
    return new AppDefinition(
        new AppId("/db"),
        plain.command(),
        plain.user(),
        plain.env(),
        2,
        plain.resources(),
        Optional.of(
            new Container(
                ContainerType.MESOS,
                Optional.empty(),
                List.of(
                    new PersistentVolumeSpec(
                        "data",
                        AccessMode.RW,
                        DiskType.ROOT,
                        10,
                        Optional.empty(),
                        Optional.empty(),
                        List.of())),
                List.of(),
                List.of())),
        plain.networks(),
        plain.portDefinitions(),
        plain.requirePorts(),
        plain.constraints(),
        plain.fetch(),
        plain.healthChecks(),
        UpgradeStrategy.STATEFUL,
        plain.backoff(),
        plain.labels(),
        plain.acceptedResourceRoles(),
        plain.role(),
        plain.unreachableStrategy(),
        plain.killSelection(),
        plain.killGracePeriod(),
        Optional.of(
            new Residency(
                Duration.ofMinutes(5), Residency.TaskLostBehavior.RELAUNCH_AFTER_TIMEOUT)),
        T1,
        T1,
        T1);
  }

  private static Container fullContainer() {
    return new Container(
        ContainerType.DOCKER,
        Optional.of(
            new ContainerImage(
                "busybox:1", true, true, List.of(new ContainerImage.Parameter("cap-add", "X")))),
        List.of(
            new PersistentVolumeSpec(
                "/data",
                AccessMode.RW,
                DiskType.MOUNT,
                10.5,
                Optional.of(20.0),
                Optional.of("fast"),
                List.of(new Constraint("path", Constraint.Operator.LIKE, Optional.of("/mnt/.*"))))),
        List.of(new HostVolume("/etc/x", "/etc/y", AccessMode.RO)),
        List.of(
            new PortMapping(
                80, Optional.of(0), 10_001, "tcp", Optional.of("web"), SortedMapOf.texts("a", "b")),
            new PortMapping(0, Optional.empty(), 0, "udp", Optional.empty(), SortedMapOf.texts())));
  }

  private static HealthCheck fullCheck() {
    return new HealthCheck(
        HealthCheck.Protocol.MESOS_HTTP,
        Optional.of("/health"),
        Optional.of("true"),
        Optional.of(0),
        Optional.of(8080),
        Duration.ofSeconds(300),
        Duration.ofSeconds(60),
        Duration.ofSeconds(20),
        3,
        Duration.ofSeconds(15),
        true,
        true);
  }

  private static HealthCheck plainCheck() {
    return new HealthCheck(
        HealthCheck.Protocol.TCP,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ZERO,
        Duration.ofSeconds(1),
        Duration.ofMillis(1),
        0,
        Duration.ZERO,
        false,
        false);
  }

  private static Instance fullInstance() {
    Task task =
        new Task(
            TaskId.of(INSTANCE, 4),
            AGENT,
            "host.example",
            T1,
            Condition.KILLING,
            T1,
            Optional.of(T1.plusSeconds(1)),
            T2,
            List.of(31_000, 31_001),
            List.of("127.0.0.1", "::1"),
            Optional.of(T2),
            Optional.of(Duration.ofSeconds(3)),
            "Command exited with status 1");
    return new Instance(
        INSTANCE, SAMSON, 2, Goal.RUNNING, Optional.of(RESERVATION), 4, Optional.of(task), T1);
  }

  private static Instance newInstance() {
    return new Instance(
        InstanceId.of(SAMSON, "k3j9x0ab-9"),
        SAMSON,
        0,
        Goal.RUNNING,
        Optional.empty(),
        0,
        Optional.empty(),
        T1);
  }

  private static void putReservations(SortedMap<String, Change.Stored> samples) {
    OperationId reserve = OperationId.of(OperationId.Kind.RESERVE, RESERVATION, "k3j9x0ab-10");
    putReservation(samples, "requested", new ReservationState.Requested(reserve));
    putReservation(samples, "held", new ReservationState.Held());
    Optional<OperationId> open = Optional.of(reserve);
    ReservationState left = new ReservationState.LeftBehind(T2, "wiped \"it\"", Optional.empty());
    putReservation(samples, "left-behind", left);
    ReservationState doubtful = new ReservationState.LeftBehind(T2, "replaced", open);
    putReservation(samples, "left-behind-pending", doubtful);
    putReservation(samples, "releasing", new ReservationState.Releasing(T2, "", Optional.empty()));
    ReservationState releasing = new ReservationState.Releasing(T2, "The app was deleted.", open);
    putReservation(samples, "releasing-pending", releasing);
    samples.put(
        "reservation-without-volumes",
        new Change.ReservationPut(
            new Reservation(
                RESERVATION,
                SAMSON,
                0,
                Optional.empty(),
                AGENT,
                "",
                "",
                Resources.NONE,
                List.of(),
                List.of(),
                new ReservationState.Held(),
                false)));
  }

  private static void putReservation(
      SortedMap<String, Change.Stored> samples, String name, ReservationState state) {
    List<Volume> volumes = new ArrayList<>();
    List<DiskType> types = List.of(DiskType.ROOT, DiskType.PATH, DiskType.MOUNT);
    for (Volume.State stage : Volume.State.values()) {
      DiskType type = types.get(volumes.size() % types.size());
      volumes.add(
          new Volume(
              VolumeId.of(SAMSON, "data/" + volumes.size(), "k3j9x0ab-1" + volumes.size()),
              "data/" + volumes.size(),
              10.125 * volumes.size(),
              type == DiskType.ROOT
                  ? DiskSource.ROOT
                  : new DiskSource(type, Optional.of("/mnt/a"), Optional.of("fast")),
              stage,
              T1));
    }
    samples.put(
        "reservation-" + name,
        new Change.ReservationPut(
            new Reservation(
                RESERVATION,
                SAMSON,
                2,
                Optional.of(INSTANCE),
                AGENT,
                "host.example",
                "prod",
                new Resources(0.1, 32, 1.5, 0),
                List.of(31_000),
                List.copyOf(volumes),
                state,
                true)));
  }

  private static Deployment deployment() {
    SortedMap<AppId, Optional<AppDefinition>> originals = new TreeMap<>();
    originals.put(new AppId("/new"), Optional.empty());
    originals.put(SAMSON, Optional.of(minimalApp(new RunCommand.Pause(), SAMSON)));
    List<Deployment.Action> actions = new ArrayList<>();
    for (Deployment.Kind kind : Deployment.Kind.values()) {
      actions.add(new Deployment.Action(kind, SAMSON));
    }
    return new Deployment(
        new DeploymentId("k3j9x0ab-12"),
        T2,
        List.of(new Deployment.Step(actions), new Deployment.Step(actions.subList(0, 1))),
        1,
        originals,
        T2);
  }

  private static Agent fullAgent() {
    return new Agent(
        AGENT,
        "host.example",
        Optional.of("eu"),
        Optional.of("eu-1"),
        SortedMapOf.texts("rack", "r1"),
        List.of(Agent.IMAGES));
  }

  private static Agent plainAgent() {
    return new Agent(
        new AgentId("local-2"),
        "",
        Optional.empty(),
        Optional.empty(),
        SortedMapOf.texts(),
        List.of());
  }

  private static TaskFailure failure() {
    return new TaskFailure(
        SAMSON,
        TaskId.of(INSTANCE, 1),
        AGENT,
        "host.example",
        Condition.FAILED,
        "no such file",
        T2,
        T1);
  }

  /** An app of that name. */
  static Change.Stored appNamed(String path) {
    return new Change.AppPut(minimalApp(new RunCommand.Pause(), new AppId(path)));
  }

  /** An instance with its reservation, as a busy cluster has many. */
  static List<Change.Stored> many(int number) {
    InstanceId id = InstanceId.of(SAMSON, "k3j9x0ab-" + number);
    ReservationId home = new ReservationId("sesame_samson.k3j9x0ab-" + number);
    Task task =
        new Task(
            TaskId.of(id, 1),
            AGENT,
            "host.example",
            T1,
            Condition.RUNNING,
            T1,
            Optional.of(T1),
            T1,
            List.of(31_000),
            List.of("127.0.0.1"),
            Optional.empty(),
            Optional.empty(),
            "");
    Volume volume =
        new Volume(
            VolumeId.of(SAMSON, "data", "k3j9x0ab-" + number),
            "data",
            10,
            DiskSource.ROOT,
            Volume.State.CREATED,
            T1);
    return List.of(
        new Change.InstancePut(
            new Instance(
                id, SAMSON, number, Goal.RUNNING, Optional.of(home), 1, Optional.of(task), T1)),
        new Change.ReservationPut(
            new Reservation(
                home,
                SAMSON,
                number,
                Optional.of(id),
                AGENT,
                "host.example",
                "*",
                new Resources(0.1, 32, 0, 0),
                List.of(31_000),
                List.of(volume),
                new ReservationState.Held(),
                true)));
  }
}
