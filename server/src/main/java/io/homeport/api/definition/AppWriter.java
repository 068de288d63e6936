package io.homeport.api.definition;

import io.homeport.model.AppDefinition;
import io.homeport.model.Constraint;
import io.homeport.model.FetchUri;
import io.homeport.model.HealthCheck;
import io.homeport.model.Network;
import io.homeport.model.PortDefinition;
import io.homeport.model.Residency;
import io.homeport.model.RunCommand;
import io.homeport.model.UnreachableStrategy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.SortedMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes app definitions in the shape, and the order of fields, that a recorded Marathon 1.11 has.
 * What is written is read again by {@link AppReader} as the same definition.
 */
public final class AppWriter {
  private static final DateTimeFormatter VERSION =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private AppWriter() {}

  /**
   * The app object, without what belongs to its tasks.
   *
   * @param app the definition
   * @return a new object that the caller may add to
   */
  public static ObjectNode toJson(AppDefinition app) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", app.id().path());
    if (!app.acceptedResourceRoles().isEmpty()) {
      writeTexts(json.putArray("acceptedResourceRoles"), app.acceptedResourceRoles());
    }
    if (app.command() instanceof RunCommand.Exec exec) {
      writeTexts(json.putArray("args"), exec.args());
    }
    json.put("backoffFactor", app.backoff().factor());
    json.put("backoffSeconds", app.backoff().initial().toSeconds());
    if (app.command() instanceof RunCommand.Shell shell) {
      json.put("cmd", shell.line());
    }
    if (!app.constraints().isEmpty()) {
      writeConstraints(json.putArray("constraints"), app.constraints());
    }
    boolean hostNetwork = app.networks().getFirst().mode() == Network.Mode.HOST;
    app.container()
        .ifPresent(
            container ->
                ContainerWriter.write(json.putObject("container"), container, !hostNetwork));
    json.put("cpus", app.resources().cpus());
    json.put("disk", app.resources().disk());
    if (!app.env().isEmpty()) {
      writeMap(json.putObject("env"), app.env());
    }
    json.put("executor", "");
    if (!app.fetch().isEmpty()) {
      writeFetch(json.putArray("fetch"), app.fetch());
    }
    if (!app.healthChecks().isEmpty()) {
      ArrayNode checks = json.putArray("healthChecks");
      app.healthChecks().forEach(check -> writeHealthCheck(checks.addObject(), check));
    }
    json.put("instances", app.instances());
    writeMap(json.putObject("labels"), app.labels());
    json.put("maxLaunchDelaySeconds", app.backoff().maximum().toSeconds());
    json.put("mem", app.resources().mem());
    json.put("gpus", (long) app.resources().gpus());
    writeConnections(json, app, hostNetwork);
    writeStrategies(json, app);
    return json;
  }

  private static void writeConnections(ObjectNode json, AppDefinition app, boolean hostNetwork) {
    ArrayNode networks = json.putArray("networks");
    for (Network network : app.networks()) {
      ObjectNode written = networks.addObject();
      network.name().ifPresent(name -> written.put("name", name));
      written.put("mode", NetworkReader.word(network.mode()));
    }
    if (hostNetwork) {
      ArrayNode ports = json.putArray("portDefinitions");
      app.portDefinitions().forEach(port -> writePort(ports.addObject(), port));
    }
    app.residency().ifPresent(residency -> writeResidency(json, residency));
    json.put("requirePorts", app.requirePorts());
  }

  private static void writeStrategies(ObjectNode json, AppDefinition app) {
    app.killGracePeriod()
        .ifPresent(period -> json.put("taskKillGracePeriodSeconds", period.toSeconds()));
    json.putObject("upgradeStrategy")
        .put("maximumOverCapacity", app.upgradeStrategy().maximumOverCapacity())
        .put("minimumHealthCapacity", app.upgradeStrategy().minimumHealthCapacity());
    app.user().ifPresent(user -> json.put("user", user));
    json.put("version", version(app.version()));
    json.putObject("versionInfo")
        .put("lastScalingAt", version(app.lastScalingAt()))
        .put("lastConfigChangeAt", version(app.lastConfigChangeAt()));
    json.put("killSelection", app.killSelection().name());
    switch (app.unreachableStrategy()) {
      case UnreachableStrategy.Disabled() -> json.put("unreachableStrategy", "disabled");
      case UnreachableStrategy.Enabled enabled ->
          json.putObject("unreachableStrategy")
              .put("inactiveAfterSeconds", enabled.inactiveAfter().toSeconds())
              .put("expungeAfterSeconds", enabled.expungeAfter().toSeconds());
    }
    json.put("role", app.role());
  }

  /**
   * A version as Marathon writes it, always with milliseconds: {@code 2026-11-22T11:00:11.500Z}.
   *
   * @param version the version
   */
  public static String version(Instant version) {
    return VERSION.format(version);
  }

  private static void writePort(ObjectNode json, PortDefinition port) {
    json.put("port", port.port());
    if (!port.labels().isEmpty()) {
      writeMap(json.putObject("labels"), port.labels());
    }
    port.name().ifPresent(name -> json.put("name", name));
    json.put("protocol", port.protocol());
  }

  private static void writeResidency(ObjectNode json, Residency residency) {
    json.putObject("residency")
        .put("relaunchEscalationTimeoutSeconds", residency.relaunchEscalationTimeout().toSeconds())
        .put("taskLostBehavior", residency.taskLostBehavior().name());
  }

  private static void writeFetch(ArrayNode json, List<FetchUri> fetch) {
    for (FetchUri file : fetch) {
      ObjectNode written =
          json.addObject()
              .put("uri", file.uri())
              .put("extract", file.extract())
              .put("executable", file.executable())
              .put("cache", file.cache());
      file.destPath().ifPresent(path -> written.put("destPath", path));
    }
  }

  /**
   * A health check in the shape that it has inside of an app.
   *
   * @param check the check
   */
  public static ObjectNode toJson(HealthCheck check) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    writeHealthCheck(json, check);
    return json;
  }

  private static void writeHealthCheck(ObjectNode json, HealthCheck check) {
    check.command().ifPresent(line -> json.putObject("command").put("value", line));
    json.put("gracePeriodSeconds", check.gracePeriod().toSeconds());
    if (check.protocol() == HealthCheck.Protocol.HTTP
        || check.protocol() == HealthCheck.Protocol.HTTPS) {
      json.put("ignoreHttp1xx", check.ignoreHttp1xx());
    }
    json.put("intervalSeconds", check.interval().toSeconds());
    json.put("maxConsecutiveFailures", check.maxConsecutiveFailures());
    check.path().ifPresent(path -> json.put("path", path));
    check.port().ifPresent(port -> json.put("port", port));
    check.portIndex().ifPresent(index -> json.put("portIndex", index));
    json.put("protocol", check.protocol().name());
    json.put("ipProtocol", check.ipv6() ? "IPv6" : "IPv4");
    json.put("timeoutSeconds", check.timeout().toSeconds());
    json.put("delaySeconds", check.delay().toSeconds());
  }

  static void writeConstraints(ArrayNode json, List<Constraint> constraints) {
    for (Constraint constraint : constraints) {
      ArrayNode written = json.addArray().add(constraint.field()).add(constraint.operator().name());
      constraint.value().ifPresent(written::add);
    }
  }

  static void writeMap(ObjectNode json, SortedMap<String, String> map) {
    map.forEach(json::put);
  }

  private static void writeTexts(ArrayNode json, List<String> texts) {
    texts.forEach(json::add);
  }
}
