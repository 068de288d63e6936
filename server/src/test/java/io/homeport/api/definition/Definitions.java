package io.homeport.api.definition;

import io.homeport.model.AccessMode;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.BackoffStrategy;
import io.homeport.model.Constraint;
import io.homeport.model.Container;
import io.homeport.model.ContainerImage;
import io.homeport.model.ContainerType;
import io.homeport.model.DiskType;
import io.homeport.model.FetchUri;
import io.homeport.model.HealthCheck;
import io.homeport.model.HostVolume;
import io.homeport.model.KillSelection;
import io.homeport.model.Network;
import io.homeport.model.PersistentVolumeSpec;
import io.homeport.model.PortDefinition;
import io.homeport.model.PortMapping;
import io.homeport.model.Residency;
import io.homeport.model.Resources;
import io.homeport.model.RunCommand;
import io.homeport.model.UnreachableStrategy;
import io.homeport.model.UpgradeStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Generates valid app definitions in their normal form (every default filled in), the same ones for
 * the same seed.
 */
public final class Definitions {
  /** The role that the definitions have. */
  public static final String ROLE = "homeport";

  private static final List<String> WORDS =
      List.of("web", "db", "a", "x-1", "data", "log.d", "ünïcode", "tab\there", "quo\"te", "");

  private final Random random;

  /**
   * A generator.
   *
   * @param seed decides what it generates
   */
  public Definitions(long seed) {
    random = new Random(seed);
  }

  /** The next definition. */
  public AppDefinition next() {
    boolean stateful = random.nextBoolean();
    Network network = network();
    boolean host = network.mode() == Network.Mode.HOST;
    List<PortDefinition> ports = host ? portDefinitions() : List.of();
    Optional<Container> container = container(stateful, host);
    int portCount =
        Math.max(ports.size(), container.map(given -> given.portMappings().size()).orElse(0));
    boolean docker = container.map(given -> given.type() == ContainerType.DOCKER).orElse(false);
    boolean image = container.flatMap(Container::image).isPresent();
    return new AppDefinition(
        id(),
        command(stateful, image),
        maybe(() -> pick(List.of("nobody", "app_1", "svc.user@host"))),
        map(),
        random.nextInt(5) == 0 ? random.nextInt(100_001) : random.nextInt(5),
        resources(docker),
        container,
        List.of(network),
        ports,
        host && random.nextBoolean(),
        distinct(this::constraint),
        distinct(this::fetch),
        healthChecks(portCount, docker),
        upgradeStrategy(stateful),
        new BackoffStrategy(seconds(), 1 + thousandths(5_000), seconds()),
        map(),
        acceptedRoles(stateful),
        ROLE,
        stateful || random.nextBoolean() ? new UnreachableStrategy.Disabled() : enabled(),
        pick(List.of(KillSelection.values())),
        maybe(this::seconds),
        stateful ? Optional.of(residency()) : Optional.empty(),
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private AppId id() {
    int depth = 1 + random.nextInt(3);
    StringBuilder path = new StringBuilder();
    for (int level = 0; level < depth; level++) {
      path.append('/').append(pick(List.of("sesame", "samson", "a", "0", "a-b.c", "x9.y-z")));
    }
    return new AppId(path.toString());
  }

  private RunCommand command(boolean stateful, boolean image) {
    return switch (random.nextInt(3)) {
      case 0 -> new RunCommand.Exec(List.of("/bin/run", pick(WORDS), "--flag"));
      case 1 ->
          image
              ? new RunCommand.ImageDefault()
              : stateful ? new RunCommand.Pause() : new RunCommand.Shell("a");
      default -> new RunCommand.Shell("echo '" + pick(WORDS) + "' && sleep 1000");
    };
  }

  private Resources resources(boolean docker) {
    int gpus = docker ? 0 : random.nextInt(3);
    return new Resources(
        0.001 + thousandths(64_000), thousandths(2_000_000), thousandths(9_000_000), gpus);
  }

  private double thousandths(int most) {
    return random.nextInt(most) / 1000.0;
  }

  private Network network() {
    return switch (random.nextInt(4)) {
      case 0 -> new Network(Network.Mode.CONTAINER, Optional.of("overlay_1"));
      case 1 -> new Network(Network.Mode.CONTAINER_BRIDGE, Optional.empty());
      default -> Network.HOST;
    };
  }

  private Optional<Container> container(boolean stateful, boolean host) {
    if (!stateful && host && random.nextBoolean()) {
      return Optional.empty();
    }
    ContainerType type = pick(List.of(ContainerType.values()));
    boolean image = type == ContainerType.DOCKER || random.nextBoolean();
    int volumes = stateful ? 1 + random.nextInt(3) : 0;
    return Optional.of(
        new Container(
            type,
            image ? Optional.of(image(type)) : Optional.empty(),
            IntStream.range(0, volumes).mapToObj(number -> volume(number, image)).toList(),
            IntStream.range(0, random.nextInt(3))
                .mapToObj(number -> hostVolume(number, image))
                .toList(),
            host ? List.of() : portMappings()));
  }

  private ContainerImage image(ContainerType type) {
    boolean docker = type == ContainerType.DOCKER;
    return new ContainerImage(
        pick(List.of("nginx", "registry.local:5000/a/b:1.2", "mariadb@sha256:00")),
        random.nextBoolean(),
        docker && random.nextBoolean(),
        docker && random.nextBoolean()
            ? List.of(new ContainerImage.Parameter("hostname", pick(WORDS)))
            : List.of());
  }

  private PersistentVolumeSpec volume(int number, boolean image) {
    DiskType type = pick(List.of(DiskType.values()));
    long size = 1L + random.nextInt(1_000_000);
    return new PersistentVolumeSpec(
        image && random.nextBoolean() ? "/var/lib/data" + number : "data" + number,
        AccessMode.RW,
        type,
        size,
        type == DiskType.MOUNT
            ? maybe(() -> (double) (size + 1 + random.nextInt(1000)))
            : Optional.empty(),
        maybe(() -> "fast ssd"),
        type == DiskType.ROOT ? List.of() : distinct(this::volumeConstraint));
  }

  private Constraint volumeConstraint() {
    return new Constraint(
        "path",
        pick(List.of(Constraint.Operator.LIKE, Constraint.Operator.UNLIKE)),
        Optional.of("/mnt/disk[0-" + random.nextInt(10) + "]"));
  }

  private HostVolume hostVolume(int number, boolean image) {
    return new HostVolume(
        image ? "/host/" + number : "host" + number,
        "/srv/" + number,
        pick(List.of(AccessMode.values())));
  }

  private List<PortMapping> portMappings() {
    int count = random.nextInt(4);
    return IntStream.range(0, count)
        .mapToObj(
            number ->
                new PortMapping(
                    random.nextInt(65_536),
                    Optional.of(random.nextBoolean() ? 0 : 30_000 + number),
                    random.nextInt(65_536),
                    pick(List.of("tcp", "udp", "udp,tcp")),
                    maybe(() -> "port-" + number),
                    map()))
        .toList();
  }

  private List<PortDefinition> portDefinitions() {
    int count = random.nextInt(4);
    return IntStream.range(0, count)
        .mapToObj(
            number ->
                new PortDefinition(
                    random.nextBoolean() ? 0 : 10_000 + number,
                    pick(List.of("tcp", "udp", "udp,tcp")),
                    maybe(() -> "port-" + number),
                    map()))
        .toList();
  }

  private Constraint constraint() {
    Constraint.Operator operator = pick(List.of(Constraint.Operator.values()));
    Optional<String> value =
        switch (operator) {
          case UNIQUE -> Optional.empty();
          case CLUSTER -> maybe(() -> "rack-1");
          case GROUP_BY -> maybe(() -> "3");
          case MAX_PER -> Optional.of("2");
          case LIKE, UNLIKE -> Optional.of("agent-[0-9]+");
          case IS -> Optional.of("local-1");
        };
    return new Constraint(pick(List.of("hostname", "@zone", "rack")), operator, value);
  }

  private FetchUri fetch() {
    return new FetchUri(
        pick(List.of("http://host/a.tgz", "https://host:1/b?c=d", "file:///etc/hosts")),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        maybe(() -> "some/file"));
  }

  private List<HealthCheck> healthChecks(int ports, boolean docker) {
    List<HealthCheck> checks = new ArrayList<>();
    int count = random.nextInt(3);
    for (int number = 0; number < count; number++) {
      HealthCheck.Protocol protocol = pick(List.of(HealthCheck.Protocol.values()));
      boolean probeOfAgent = protocol.name().startsWith("MESOS_");
      boolean second =
          checks.stream().anyMatch(check -> check.protocol().name().startsWith("MESOS_"));
      if (!(probeOfAgent && second)) {
        checks.add(healthCheck(protocol, ports, docker && probeOfAgent && random.nextBoolean()));
      }
    }
    return checks.stream().distinct().toList();
  }

  private HealthCheck healthCheck(HealthCheck.Protocol protocol, int ports, boolean ipv6) {
    boolean command = protocol == HealthCheck.Protocol.COMMAND;
    boolean http = protocol.name().contains("HTTP");
    boolean fixed = !command && (ports == 0 || random.nextBoolean());
    return new HealthCheck(
        protocol,
        http ? Optional.of(pick(List.of("/", "/health?full=1", "/a%20b"))) : Optional.empty(),
        command ? Optional.of("test -f ready") : Optional.empty(),
        command || fixed ? Optional.empty() : Optional.of(random.nextInt(ports)),
        fixed ? Optional.of(1 + random.nextInt(65_535)) : Optional.empty(),
        seconds(),
        seconds().plusSeconds(1),
        seconds().plusSeconds(1),
        random.nextInt(10),
        seconds(),
        http && !protocol.name().startsWith("MESOS_") && random.nextBoolean(),
        ipv6);
  }

  private UpgradeStrategy upgradeStrategy(boolean stateful) {
    return new UpgradeStrategy(thousandths(1001), stateful ? 0 : thousandths(1001));
  }

  private List<String> acceptedRoles(boolean stateful) {
    return switch (random.nextInt(3)) {
      case 0 -> List.of("*");
      case 1 -> stateful ? List.of() : List.of(ROLE, "*");
      default -> List.of();
    };
  }

  private UnreachableStrategy enabled() {
    Duration inactive = seconds();
    return new UnreachableStrategy.Enabled(inactive, inactive.plus(seconds()));
  }

  private Residency residency() {
    return new Residency(seconds(), pick(List.of(Residency.TaskLostBehavior.values())));
  }

  private Duration seconds() {
    return Duration.ofSeconds(random.nextInt(4000));
  }

  private SortedMap<String, String> map() {
    SortedMap<String, String> map = new TreeMap<>();
    int count = random.nextInt(3);
    for (int entry = 0; entry < count; entry++) {
      map.put(pick(List.of("TIER", "a.b/c", "KEY_2", "ключ")), pick(WORDS));
    }
    return Collections.unmodifiableSortedMap(map);
  }

  private <T> List<T> distinct(Supplier<T> supplier) {
    List<T> items = new ArrayList<>();
    int count = random.nextInt(3);
    for (int item = 0; item < count; item++) {
      items.add(supplier.get());
    }
    return items.stream().distinct().toList();
  }

  private <T> Optional<T> maybe(Supplier<T> supplier) {
    return random.nextBoolean() ? Optional.of(supplier.get()) : Optional.empty();
  }

  private <T> T pick(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }
}
