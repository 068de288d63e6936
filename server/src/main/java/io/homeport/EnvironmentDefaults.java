package io.homeport;

import io.homeport.api.definition.NearMiss;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Gives options that are not on the command line the values of their environment variables: {@code
 * --http-port} is {@code HOMEPORT_HTTP_PORT}.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {
  private static final String PREFIX = "HOMEPORT_";

  /** Variables of the launcher and of the commands that talk to a server. */
  private static final Set<String> OTHERS =
      Set.of(
          "HOMEPORT_COLUMNS",
          "HOMEPORT_JAVA_OPTS",
          "HOMEPORT_OUTPUT",
          "HOMEPORT_TOKEN",
          "HOMEPORT_TOKEN_FILE",
          "HOMEPORT_URL",
          // given to tasks, and inherited by a server that a task starts
          "HOMEPORT_ORDINAL",
          "HOMEPORT_TASK_ID",
          "HOMEPORT_VOLUMES");

  private final Map<String, String> environment;

  /**
   * The values.
   *
   * @param environment the environment variables
   */
  EnvironmentDefaults(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The variable of an option.
   *
   * @param option its longest name, such as {@code --http-port}
   */
  static String variable(String option) {
    return PREFIX + option.replaceFirst("^--", "").replace('-', '_').toUpperCase(Locale.ROOT);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || option.usageHelp()) {
      return null;
    }
    return Optional.ofNullable(environment.get(variable(option.longestName())))
        .filter(value -> !value.isBlank())
        .orElse(null);
  }

  /**
   * The variables that look like ours and are none, each with what may have been meant.
   *
   * @param command the command whose options count
   */
  List<String> unknown(CommandSpec command) {
    Set<String> known = new TreeSet<>(OTHERS);
    command.options().forEach(option -> known.add(variable(option.longestName())));
    return environment.keySet().stream()
        .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
        .sorted()
        .map(name -> name + suggestion(name, known))
        .toList();
  }

  private static String suggestion(String name, Set<String> known) {
    return NearMiss.of(name, known).map(meant -> " (did you mean " + meant + "?)").orElse("");
  }
}
