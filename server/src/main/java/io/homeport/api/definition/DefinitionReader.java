package io.homeport.api.definition;

import io.homeport.deployment.ImmutableFields;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Constraint;
import io.homeport.model.Container;
import io.homeport.model.FetchUri;
import io.homeport.model.HealthCheck;
import io.homeport.model.Network;
import io.homeport.model.PortDefinition;
import io.homeport.model.PortMapping;
import io.homeport.model.Resources;
import io.homeport.model.RunCommand;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads one app object; used once. */
final class DefinitionReader {
  /** What servers write beside the definition itself, Marathon or Homeport. */
  private static final List<String> OUTPUT_ONLY =
      List.of(
          "version",
          "versionInfo",
          "tasksStaged",
          "tasksRunning",
          "tasksHealthy",
          "tasksUnhealthy",
          "deployments",
          "readinessCheckResults",
          "tasks",
          "lastTaskFailure",
          "tasksStats",
          "warnings",
          "homeport");

  /** Marathon's label for apps that may only ever have one instance. */
  static final String SINGLE_INSTANCE = "MARATHON_SINGLE_INSTANCE_APP";

  private static final int DECIMALS = 3;

  /** A user's name becomes a word of a command line. */
  private static final Pattern USER =
      Pattern.compile("[^-\\s:/\\p{Cntrl}][^\\s:/\\p{Cntrl}]{0,255}");

  /** Stands for an id that there is a problem with; never returned. */
  private static final AppId NO_ID = new AppId("/none");

  private final Fields app;
  private final Problems problems;
  private final Context context;
  private final Optional<AppDefinition> before;
  private final List<String> warnings = new ArrayList<>();

  /**
   * A reader for one app.
   *
   * @param app the fields of the app
   * @param context the role of the server
   * @param before what the app is now, when it exists
   */
  DefinitionReader(Fields app, Context context, Optional<AppDefinition> before) {
    this.app = app;
    this.problems = app.problems();
    this.context = context;
    this.before = before;
  }

  /**
   * Reads the app.
   *
   * @param known its id, when the request names it
   */
  Reading read(Optional<AppId> known) {
    Optional<AppId> id = known.isPresent() ? checkedId(known.get()) : id();
    ContainerReader containers = new ContainerReader(app);
    boolean stateful = containers.isStateful();
    RunCommand command = new CommandReader(app, containers).read(stateful);
    SortedMap<String, String> labels = app.textMap("labels").orElse(Collections.emptySortedMap());
    boolean singleInstance = "true".equals(labels.get(SINGLE_INSTANCE));
    int instances = instances(singleInstance);
    Resources resources = resources(containers.isDocker());
    List<Network> networks = NetworkReader.read(app, containers.docker());
    PortReader ports = new PortReader(app, networks, warnings);
    List<PortMapping> mappings = ports.mappings(containers.container(), containers.docker());
    List<PortDefinition> definitions = ports.definitions(mappings);
    Optional<Container> container = containers.read(mappings);
    List<HealthCheck> healthChecks =
        new HealthCheckReader(
                problems,
                warnings,
                Math.max(mappings.size(), definitions.size()),
                containers.isDocker())
            .read(app);
    List<Constraint> constraints =
        ConstraintReader.read(app, new ConstraintReader(problems)::ofApp);
    List<FetchUri> fetch = FetchReader.read(app);
    checkFetchedNames(fetch, container);
    StrategyReader strategies = new StrategyReader(app, stateful);
    String role = role(stateful);
    AppDefinition draft =
        new AppDefinition(
            id.orElse(NO_ID),
            command,
            user(),
            env(),
            instances,
            resources,
            container,
            networks,
            definitions,
            ports.requirePorts(),
            constraints,
            fetch,
            healthChecks,
            strategies.upgrade(singleInstance),
            strategies.backoff(),
            labels,
            acceptedResourceRoles(stateful, role),
            role,
            strategies.unreachable(),
            strategies.killSelection(),
            strategies.killGracePeriod(),
            strategies.residency(warnings),
            Instant.EPOCH,
            Instant.EPOCH,
            Instant.EPOCH);
    refuseWhatIsNotDone();
    app.ignore(OUTPUT_ONLY);
    app.finish();
    return result(draft);
  }

  private Reading result(AppDefinition draft) {
    before.ifPresent(current -> addForbiddenChanges(current, draft));
    if (!problems.isEmpty()) {
      return new Reading(Optional.empty(), problems.listed(), List.of());
    }
    warnings.addAll(AppWarnings.of(draft));
    return new Reading(Optional.of(draft), List.of(), warnings.stream().distinct().toList());
  }

  /** A field that could not be read seems changed, but its own problem says enough. */
  private void addForbiddenChanges(AppDefinition current, AppDefinition draft) {
    for (ImmutableFields.Violation violation : ImmutableFields.violations(current, draft)) {
      FieldPath path = app.path().within(violation.path());
      if (!problems.within(path)) {
        problems.add(path, violation.message());
      }
    }
  }

  private Optional<AppId> id() {
    app.require("id", "the app's id, such as /sesame/samson");
    return app.text("id").flatMap(text -> AppIds.read(text, app.path("id"), problems));
  }

  private Optional<AppId> checkedId(AppId known) {
    Optional<String> given = app.text("id");
    if (given.isPresent() && !AppIds.mayMean(given.get(), known)) {
      app.problem("id", "got " + Found.quoted(given.get()) + ", but the request is for " + known);
    }
    return Optional.of(known);
  }

  private int instances(boolean singleInstance) {
    int instances = app.integer("instances", 0, Limits.MOST_INSTANCES).orElse(1);
    if (singleInstance && instances > 1) {
      app.problem("instances", "Single instance app may only have one instance");
    }
    return instances;
  }

  private Resources resources(boolean docker) {
    BigDecimal most = BigDecimal.valueOf(Limits.MOST_MIB);
    double cpus = amount("cpus", Limits.LEAST_CPUS, Limits.MOST_CPUS, 1);
    double mem = amount("mem", BigDecimal.ZERO, most, 128);
    double disk = amount("disk", BigDecimal.ZERO, most, 0);
    int gpus = app.integer("gpus", 0, Limits.MOST_GPUS).orElse(0);
    if (gpus > 0 && docker) {
      app.problem("gpus", "GPU resources only work with the Mesos containerizer");
    }
    return new Resources(cpus, mem, disk, gpus);
  }

  private double amount(String name, BigDecimal least, BigDecimal most, double otherwise) {
    Optional<BigDecimal> given = app.number(name, least, most);
    if (given.isEmpty()) {
      return otherwise;
    }
    BigDecimal kept = given.get().setScale(DECIMALS, RoundingMode.HALF_EVEN);
    if (kept.compareTo(given.get()) != 0) {
      warnings.add(
          name
              + " is rounded from "
              + Found.number(given.get())
              + " to "
              + kept.toPlainString()
              + ": resources come in steps of 0.001.");
    }
    return kept.doubleValue();
  }

  private Optional<String> user() {
    Optional<String> user = app.nonEmptyText("user");
    if (user.isPresent() && !USER.matcher(user.get()).matches()) {
      app.problem("user", "expected the name of a user, found " + Found.quoted(user.get()));
    }
    return user;
  }

  private SortedMap<String, String> env() {
    Optional<JsonNode> given = app.value("env").filter(JsonNode::isObject);
    int position = 0;
    for (String name : given.map(JsonNode::propertyNames).orElse(List.of())) {
      FieldPath path = app.path("env").field("keys").item(position++);
      if (name.isEmpty()) {
        problems.add(path, "must not be empty");
      } else if (name.contains("=")) {
        problems.add(path, "must not contain \"=\", found " + Found.quoted(name));
      }
    }
    return app.textMap("env", ": Homeport does not support secrets in the environment")
        .orElse(Collections.emptySortedMap());
  }

  private void checkFetchedNames(List<FetchUri> fetch, Optional<Container> container) {
    List<String> volumes =
        container.stream()
            .flatMap(given -> given.persistentVolumes().stream())
            .map(volume -> volume.containerPath())
            .toList();
    for (int position = 0; position < fetch.size(); position++) {
      Optional<String> name = fetch.get(position).destPath();
      if (name.isPresent() && volumes.contains(name.get())) {
        problems.add(
            app.path("fetch").item(position).field("destPath"),
            Found.quoted(name.get()) + " is the container path of a volume");
      }
    }
  }

  private String role(boolean stateful) {
    Optional<String> given = app.nonEmptyText("role");
    if (given.isPresent() && !context.roles().contains(given.get())) {
      app.problem(
          "role",
          "got "
              + Found.quoted(given.get())
              + ", expected "
              + String.join(" or ", context.roles())
              + ": Homeport works under one role");
    }
    String role = given.orElse(context.defaultRole());
    if (stateful && role.equals("*")) {
      app.problem("role", "Resident apps cannot have the role *");
    }
    return role;
  }

  private List<String> acceptedResourceRoles(boolean stateful, String role) {
    Optional<List<String>> given = app.texts("acceptedResourceRoles");
    if (given.isEmpty()) {
      return List.of();
    }
    List<String> roles = given.get().stream().distinct().toList();
    if (roles.isEmpty()) {
      app.problem("acceptedResourceRoles", "must not be empty");
    }
    if (stateful && !roles.equals(List.of("*"))) {
      app.problem(
          "acceptedResourceRoles", "A resident app must have `acceptedResourceRoles = [\"*\"]`.");
    }
    if (roles.stream().anyMatch(name -> !name.equals("*") && !name.equals(role))) {
      app.problem("acceptedResourceRoles", "acceptedResourceRoles can only contain * and " + role);
    }
    return roles;
  }

  private void refuseWhatIsNotDone() {
    Optional<JsonNode> executor = app.value("executor");
    if (executor.isPresent() && !executor.get().asString("").equals("//cmd")) {
      app.unsupported("executor", "use cmd or args");
    }
    app.unsupported("executorResources", "tasks have no executor of their own");
    app.unsupported("dependencies", "start the apps in the order in which they need each other");
    app.unsupported("readinessChecks", "use a health check");
    app.unsupported("check", "use a health check");
    app.unsupported("secrets", "put the secret into a file that is fetched or mounted");
    app.unsupported("ipAddress", "use networks");
    app.unsupported("resourceLimits", "ask for the cpus and mem that are needed");
    app.unsupported("tty", "tasks run without a terminal");
    app.unsupported("storeUrls", "use fetch");
  }
}
