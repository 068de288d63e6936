package io.homeport.runtime;

import io.homeport.model.AppId;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Event;
import io.homeport.model.OfferId;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.Decision;
import io.homeport.scheduler.Effect;
import io.homeport.scheduler.Input;
import io.homeport.scheduler.Reply;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides by simple rules that tests of the loop can read off the result. Resetting the delay of
 * {@code /stored} stores the text of the framework id with a letter added; of {@code /passing}
 * changes only what is transient; of {@code /bad} fails. A {@code Disconnected} event behaves by
 * its reason in the same way. Each input sends one call and publishes one event.
 */
final class ScriptedDecider implements Decider {
  private final List<Input> inputs = new ArrayList<>();
  volatile Optional<Instant> deadline = Optional.empty();
  volatile boolean idleTicks;

  synchronized boolean hasSeen(Input input) {
    return inputs.contains(input);
  }

  static Submission command(String app) {
    return Submission.of(new Input.Asked(new Command.ResetDelay(new AppId(app))));
  }

  static Submission event(String reason) {
    return Submission.of(new Input.Observed(new ClusterEvent.Disconnected(reason)));
  }

  static Submission tick() {
    return Submission.of(new Input.Tick());
  }

  @Override
  public synchronized Decision decide(ClusterState state, Input input, Instant now) {
    inputs.add(input);
    return switch (input) {
      case Input.Asked(Command.ResetDelay reset) -> decision(state, reset.app().path());
      case Input.Asked _ -> throw new IllegalStateException("not in the script");
      case Input.Observed(ClusterEvent.Disconnected lost) -> decision(state, "/" + lost.why());
      case Input.Observed _ -> throw new IllegalStateException("not in the script");
      case Input.Led led ->
          new Decision(
              List.of(
                  new Change.InstallationNamed(led.installation()),
                  new Change.TermBegan(led.term())),
              List.of(),
              new Reply.Done());
      case Input.Tick _ ->
          idleTicks
              ? new Decision(List.of(), List.of(), new Reply.Done())
              : decision(state, "/stored/tick");
    };
  }

  private static Decision decision(ClusterState state, String name) {
    if (name.startsWith("/bad")) {
      throw new IllegalStateException("a defect");
    }
    List<Change> changes = new ArrayList<>();
    if (name.startsWith("/stored")) {
      changes.add(new Change.FrameworkRegistered(state.durable().frameworkId() + "x"));
    }
    changes.add(new Change.NumbersTaken(state.present().nextNumber() + 1));
    return new Decision(
        changes,
        List.of(
            new Effect.Send(new Call.Decline(List.of(new OfferId(name)), java.time.Duration.ZERO)),
            new Effect.Publish(new Event.AppTerminated(new AppId(name)))),
        new Reply.Done());
  }

  @Override
  public Optional<Instant> nextDeadline(ClusterState state, Instant now) {
    return deadline;
  }

  /** The names of the inputs that calls were sent for. */
  static List<String> names(List<Call> calls) {
    return calls.stream().map(call -> ((Call.Decline) call).offers().getFirst().value()).toList();
  }
}
