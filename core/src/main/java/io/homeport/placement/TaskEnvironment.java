package io.homeport.placement;

import io.homeport.model.AppDefinition;
import io.homeport.model.TaskId;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The environment of a task: the definition's and what Marathon adds to it, under its names. */
public final class TaskEnvironment {
  /** Marathon leaves labels out that are longer than this. */
  private static final int LONGEST_LABEL = 512;

  private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9_]");

  private final AppDefinition app;

  /** What is the same for all tasks of the app. */
  private final SortedMap<String, String> common = new TreeMap<>();

  private TaskEnvironment(AppDefinition app) {
    this.app = app;
    common.put("MARATHON_APP_ID", app.id().path());
    common.put("MARATHON_APP_VERSION", app.version().toString());
    common.put("MARATHON_APP_RESOURCE_CPUS", Double.toString(app.resources().cpus()));
    common.put("MARATHON_APP_RESOURCE_MEM", Double.toString(app.resources().mem()));
    common.put("MARATHON_APP_RESOURCE_DISK", Double.toString(app.resources().disk()));
    common.put("MARATHON_APP_RESOURCE_GPUS", Long.toString((long) app.resources().gpus()));
    app.container()
        .flatMap(container -> container.image())
        .ifPresent(image -> common.put("MARATHON_APP_DOCKER_IMAGE", image.name()));
    addLabels(app, common);
  }

  /**
   * The environments of an app's tasks.
   *
   * @param app what they run; its own variables win over all others, as in Marathon
   */
  public static TaskEnvironment of(AppDefinition app) {
    return new TaskEnvironment(app);
  }

  /**
   * The variables of a task.
   *
   * @param task the task
   * @param ordinal the instance's ordinal
   * @param hostname the agent's host name
   * @param ports its host ports, in order
   */
  public SortedMap<String, String> variables(
      TaskId task, int ordinal, String hostname, List<Integer> ports) {
    SortedMap<String, String> env = new TreeMap<>(common);
    env.put("HOMEPORT_ORDINAL", Integer.toString(ordinal));
    env.put("MESOS_TASK_ID", task.value());
    env.put("HOST", hostname);
    addPorts(app, ports, env);
    env.putAll(app.env());
    return env;
  }

  private static void addLabels(AppDefinition app, SortedMap<String, String> env) {
    StringBuilder names = new StringBuilder();
    app.labels()
        .forEach(
            (label, value) -> {
              if (label.length() + value.length() <= LONGEST_LABEL) {
                String name = inNames(label);
                env.put("MARATHON_APP_LABEL_" + name, value);
                names.append(names.isEmpty() ? "" : " ").append(name);
              }
            });
    env.put("MARATHON_APP_LABELS", names.toString());
  }

  private static void addPorts(
      AppDefinition app, List<Integer> ports, SortedMap<String, String> env) {
    if (ports.isEmpty()) {
      return;
    }
    List<AppDefinition.WantedPort> wanted = app.wantedPorts();
    StringBuilder all = new StringBuilder();
    for (int index = 0; index < ports.size(); index++) {
      String port = Integer.toString(ports.get(index));
      env.put("PORT" + index, port);
      all.append(index == 0 ? "" : ",").append(port);
      if (index < wanted.size()) {
        wanted.get(index).name().ifPresent(name -> env.put("PORT_" + inNames(name), port));
      }
    }
    env.put("PORT", Integer.toString(ports.getFirst()));
    env.put("PORTS", all.toString());
  }

  private static String inNames(String text) {
    return NOT_IN_NAMES.matcher(text).replaceAll("_").toUpperCase(Locale.ROOT);
  }
}
