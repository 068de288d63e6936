package io.homeport.runtime;

import io.homeport.scheduler.Command;
import io.homeport.scheduler.Input;
import java.util.stream.Collectors;

/** Inputs in words for the log, without what may be secret: environments and command lines. */
final class InputDescription {
  private InputDescription() {}

  /** The input in words. */
  static String of(Input input) {
    return switch (input) {
      case Input.Asked asked -> of(asked.command());
      case Input.Observed observed -> observed.event().toString();
      case Input.Led led -> "Led[term=" + led.term() + "]";
      case Input.Tick _ -> "Tick";
    };
  }

  private static String of(Command command) {
    return switch (command) {
      case Command.PutApps put ->
          put.apps().stream()
              .map(app -> app.definition().id().path())
              .collect(Collectors.joining(", ", "PutApps[", "]"));
      case Command.DeleteApp _,
          Command.RestartApp _,
          Command.KillInstances _,
          Command.CancelDeployment _,
          Command.ResetDelay _,
          Command.DestroyVolume _,
          Command.AdoptVolume _,
          Command.Resume _ ->
          command.toString();
    };
  }
}
