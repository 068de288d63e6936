package io.homeport.store;

import io.homeport.model.AppDefinition;
import io.homeport.model.BackoffStrategy;
import io.homeport.model.Constraint;
import io.homeport.model.FetchUri;
import io.homeport.model.HealthCheck;
import io.homeport.model.KillSelection;
import io.homeport.model.Network;
import io.homeport.model.PortDefinition;
import io.homeport.model.Residency;
import io.homeport.model.Resources;
import io.homeport.model.RunCommand;
import io.homeport.model.UnreachableStrategy;
import io.homeport.model.UpgradeStrategy;

/**
 * How definitions of apps are stored. The names here, and their order, are on users' disks: they
 * never change.
 */
final class AppFormat {
  private AppFormat() {}

  static void write(RecordWriter out, AppDefinition app) {
    out.text("id", app.id().path());
    out.object("command", app.command(), AppFormat::writeCommand);
    out.text("user", app.user());
    out.texts("env", app.env());
    out.integer("instances", app.instances());
    out.object("resources", app.resources(), AppFormat::writeResources);
    out.object("container", app.container(), ContainerFormat::write);
    out.objects("networks", app.networks(), AppFormat::writeNetwork);
    out.objects("portDefinitions", app.portDefinitions(), AppFormat::writePort);
    out.flag("requirePorts", app.requirePorts());
    out.objects("constraints", app.constraints(), AppFormat::writeConstraint);
    out.objects("fetch", app.fetch(), AppFormat::writeFetch);
    out.objects("healthChecks", app.healthChecks(), AppFormat::writeHealthCheck);
    out.object("upgradeStrategy", app.upgradeStrategy(), AppFormat::writeUpgradeStrategy);
    out.object("backoff", app.backoff(), AppFormat::writeBackoff);
    out.texts("labels", app.labels());
    out.texts("acceptedResourceRoles", app.acceptedResourceRoles());
    out.text("role", app.role());
    out.object("unreachableStrategy", app.unreachableStrategy(), AppFormat::writeUnreachable);
    out.constant("killSelection", app.killSelection());
    out.duration("killGracePeriod", app.killGracePeriod());
    out.object("residency", app.residency(), AppFormat::writeResidency);
    out.instant("version", app.version());
    out.instant("lastScalingAt", app.lastScalingAt());
    out.instant("lastConfigChangeAt", app.lastConfigChangeAt());
  }

  static AppDefinition read(RecordReader in) {
    return new AppDefinition(
        in.app("id"),
        in.object("command", AppFormat::readCommand),
        in.optionalText("user"),
        in.textsByName("env"),
        in.integer("instances"),
        in.object("resources", AppFormat::readResources),
        in.optionalObject("container", ContainerFormat::read),
        in.objects("networks", AppFormat::readNetwork),
        in.objects("portDefinitions", AppFormat::readPort),
        in.flag("requirePorts"),
        in.objects("constraints", AppFormat::readConstraint),
        in.objects("fetch", AppFormat::readFetch),
        in.objects("healthChecks", AppFormat::readHealthCheck),
        in.object("upgradeStrategy", AppFormat::readUpgradeStrategy),
        in.object("backoff", AppFormat::readBackoff),
        in.textsByName("labels"),
        in.texts("acceptedResourceRoles"),
        in.text("role"),
        in.object("unreachableStrategy", AppFormat::readUnreachable),
        in.constant("killSelection", KillSelection.class),
        in.optionalDuration("killGracePeriod"),
        in.optionalObject("residency", AppFormat::readResidency),
        in.instant("version"),
        in.instant("lastScalingAt"),
        in.instant("lastConfigChangeAt"));
  }

  private static void writeCommand(RecordWriter out, RunCommand command) {
    switch (command) {
      case RunCommand.Shell shell -> {
        out.text("type", "shell");
        out.text("line", shell.line());
      }
      case RunCommand.Exec exec -> {
        out.text("type", "exec");
        out.texts("args", exec.args());
      }
      case RunCommand.ImageDefault _ -> out.text("type", "imageDefault");
      case RunCommand.Pause _ -> out.text("type", "pause");
    }
  }

  private static RunCommand readCommand(RecordReader in) {
    String type = in.id("type");
    return switch (type) {
      case "shell" -> new RunCommand.Shell(in.text("line"));
      case "exec" -> new RunCommand.Exec(in.texts("args"));
      case "imageDefault" -> new RunCommand.ImageDefault();
      case "pause" -> new RunCommand.Pause();
      default -> throw in.unknownTag("type", type);
    };
  }

  static void writeResources(RecordWriter out, Resources resources) {
    out.number("cpus", resources.cpus());
    out.number("mem", resources.mem());
    out.number("disk", resources.disk());
    out.number("gpus", resources.gpus());
  }

  static Resources readResources(RecordReader in) {
    return new Resources(in.number("cpus"), in.number("mem"), in.number("disk"), in.number("gpus"));
  }

  private static void writeNetwork(RecordWriter out, Network network) {
    out.constant("mode", network.mode());
    out.text("name", network.name());
  }

  private static Network readNetwork(RecordReader in) {
    return new Network(in.constant("mode", Network.Mode.class), in.optionalText("name"));
  }

  private static void writePort(RecordWriter out, PortDefinition port) {
    out.integer("port", port.port());
    out.text("protocol", port.protocol());
    out.text("name", port.name());
    out.texts("labels", port.labels());
  }

  private static PortDefinition readPort(RecordReader in) {
    return new PortDefinition(
        in.integer("port"), in.text("protocol"), in.optionalText("name"), in.textsByName("labels"));
  }

  static void writeConstraint(RecordWriter out, Constraint constraint) {
    out.text("field", constraint.field());
    out.constant("operator", constraint.operator());
    out.text("value", constraint.value());
  }

  static Constraint readConstraint(RecordReader in) {
    return new Constraint(
        in.text("field"),
        in.constant("operator", Constraint.Operator.class),
        in.optionalText("value"));
  }

  private static void writeFetch(RecordWriter out, FetchUri fetch) {
    out.text("uri", fetch.uri());
    out.flag("extract", fetch.extract());
    out.flag("executable", fetch.executable());
    out.flag("cache", fetch.cache());
    out.text("destPath", fetch.destPath());
  }

  private static FetchUri readFetch(RecordReader in) {
    return new FetchUri(
        in.text("uri"),
        in.flag("extract"),
        in.flag("executable"),
        in.flag("cache"),
        in.optionalText("destPath"));
  }

  private static void writeHealthCheck(RecordWriter out, HealthCheck check) {
    out.constant("protocol", check.protocol());
    out.text("path", check.path());
    out.text("command", check.command());
    out.integer("portIndex", check.portIndex());
    out.integer("port", check.port());
    out.duration("gracePeriod", check.gracePeriod());
    out.duration("interval", check.interval());
    out.duration("timeout", check.timeout());
    out.integer("maxConsecutiveFailures", check.maxConsecutiveFailures());
    out.duration("delay", check.delay());
    out.flag("ignoreHttp1xx", check.ignoreHttp1xx());
    out.flag("ipv6", check.ipv6());
  }

  private static HealthCheck readHealthCheck(RecordReader in) {
    return new HealthCheck(
        in.constant("protocol", HealthCheck.Protocol.class),
        in.optionalText("path"),
        in.optionalText("command"),
        in.optionalInteger("portIndex"),
        in.optionalInteger("port"),
        in.duration("gracePeriod"),
        in.duration("interval"),
        in.duration("timeout"),
        in.integer("maxConsecutiveFailures"),
        in.duration("delay"),
        in.flag("ignoreHttp1xx"),
        in.flag("ipv6"));
  }

  private static void writeUpgradeStrategy(RecordWriter out, UpgradeStrategy strategy) {
    out.number("minimumHealthCapacity", strategy.minimumHealthCapacity());
    out.number("maximumOverCapacity", strategy.maximumOverCapacity());
  }

  private static UpgradeStrategy readUpgradeStrategy(RecordReader in) {
    return new UpgradeStrategy(
        in.number("minimumHealthCapacity"), in.number("maximumOverCapacity"));
  }

  private static void writeBackoff(RecordWriter out, BackoffStrategy backoff) {
    out.duration("initial", backoff.initial());
    out.number("factor", backoff.factor());
    out.duration("maximum", backoff.maximum());
  }

  private static BackoffStrategy readBackoff(RecordReader in) {
    return new BackoffStrategy(in.duration("initial"), in.number("factor"), in.duration("maximum"));
  }

  private static void writeUnreachable(RecordWriter out, UnreachableStrategy strategy) {
    switch (strategy) {
      case UnreachableStrategy.Disabled _ -> out.text("type", "disabled");
      case UnreachableStrategy.Enabled enabled -> {
        out.text("type", "enabled");
        out.duration("inactiveAfter", enabled.inactiveAfter());
        out.duration("expungeAfter", enabled.expungeAfter());
      }
    }
  }

  private static UnreachableStrategy readUnreachable(RecordReader in) {
    String type = in.id("type");
    return switch (type) {
      case "disabled" -> new UnreachableStrategy.Disabled();
      case "enabled" ->
          new UnreachableStrategy.Enabled(
              in.duration("inactiveAfter"), in.duration("expungeAfter"));
      default -> throw in.unknownTag("type", type);
    };
  }

  private static void writeResidency(RecordWriter out, Residency residency) {
    out.duration("relaunchEscalationTimeout", residency.relaunchEscalationTimeout());
    out.constant("taskLostBehavior", residency.taskLostBehavior());
  }

  private static Residency readResidency(RecordReader in) {
    return new Residency(
        in.duration("relaunchEscalationTimeout"),
        in.constant("taskLostBehavior", Residency.TaskLostBehavior.class));
  }
}
