package io.homeport.api.definition;

import io.homeport.model.AppDefinition;
import io.homeport.model.Residency;
import io.homeport.model.RunCommand;
import java.util.ArrayList;
import java.util.List;

/** What users should know about a definition that is accepted. */
public final class AppWarnings {
  private AppWarnings() {}

  /**
   * The warnings that a definition itself gives rise to, whatever it was read from.
   *
   * @param app the definition
   * @return sentences; empty when there is nothing to say
   */
  public static List<String> of(AppDefinition app) {
    List<String> warnings = new ArrayList<>();
    if (app.command() instanceof RunCommand.Pause) {
      warnings.add(
          "There is neither cmd nor args nor an image: the tasks only hold their volumes and run"
              + " nothing. Add a cmd when there is something to run.");
    }
    app.residency()
        .filter(
            residency ->
                residency.taskLostBehavior() == Residency.TaskLostBehavior.RELAUNCH_AFTER_TIMEOUT)
        .ifPresent(residency -> warnings.add(relaunch(residency)));
    return List.copyOf(warnings);
  }

  private static String relaunch(Residency residency) {
    return "RELAUNCH_AFTER_TIMEOUT is carried out (Marathon only accepted it): "
        + residency.relaunchEscalationTimeout().toSeconds()
        + " seconds after its agent became unreachable, an instance is started elsewhere with new,"
        + " empty volumes. Its earlier volumes are left behind: kept, listed, and never destroyed"
        + " by themselves.";
  }
}
