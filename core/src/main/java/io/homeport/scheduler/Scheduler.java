package io.homeport.scheduler;

import io.homeport.model.AppId;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import io.homeport.state.TransientState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The scheduler: a function from the state, an input and the time to a decision. It has no clock,
 * no threads and no I/O; what it wants done later is a deadline in the state.
 */
public final class Scheduler {
  /** The most stored changes in one decision; larger intents are continued by ticks. */
  public static final int MAX_CHANGES = 1_000;

  private Scheduler() {}

  /**
   * Decides.
   *
   * @param state what is known
   * @param input what happened
   * @param now the time; never before that of an earlier decision
   */
  public static Decision decide(ClusterState state, Input input, Instant now) {
    Draft draft = new Draft(state, now);
    return switch (input) {
      case Input.Asked asked -> command(draft, asked.command());
      case Input.Observed observed -> ClusterEvents.learn(draft, observed.event());
      case Input.Led led -> lead(draft, led);
      case Input.Tick _ -> advance(draft);
    };
  }

  private static Decision command(Draft draft, Command command) {
    return switch (command) {
      case Command.PutApps put -> AppCommands.put(draft, put);
      case Command.DeleteApp delete -> AppCommands.delete(draft, delete);
      case Command.RestartApp restart -> AppCommands.restart(draft, restart);
      case Command.KillInstances kill -> InstanceCommands.kill(draft, kill);
      case Command.CancelDeployment cancel -> AppCommands.cancel(draft, cancel);
      case Command.ResetDelay reset -> AppCommands.resetDelay(draft, reset);
      case Command.DestroyVolume destroy -> VolumeCommands.destroy(draft, destroy);
      case Command.AdoptVolume adopt -> VolumeCommands.adopt(draft, adopt);
      case Command.Resume _ -> resume(draft);
    };
  }

  /** The first decision of a leadership: everything is looked at once. */
  private static Decision lead(Draft draft, Input.Led led) {
    if (draft.durable().installation().isEmpty()) {
      draft.change(new Change.InstallationNamed(led.installation()));
    }
    draft.change(new Change.TermBegan(led.term()));
    unsettleAll(draft);
    return draft.done(new Reply.Done());
  }

  private static void unsettleAll(Draft draft) {
    SortedSet<AppId> apps = new TreeSet<>(draft.durable().apps().keySet());
    apps.addAll(draft.durable().instances().keySet());
    draft.durable().deployments().values().forEach(deployment -> apps.addAll(deployment.apps()));
    draft.change(new Change.AppsUnsettled(List.copyOf(apps)));
  }

  /** The end of the safe mode: as after a new connection, everything is asked after and begun. */
  private static Decision resume(Draft draft) {
    if (draft.durable().safeMode().isPresent()) {
      draft.change(new Change.SafeModeEnded());
      unsettleAll(draft);
      ClusterEvents.lookAtEverything(draft);
    }
    return draft.done(new Reply.Done());
  }

  /**
   * What is due, step by step; what does not fit into one decision is continued by the next tick.
   */
  private static Decision advance(Draft draft) {
    TransientState.Matching matching = draft.present().matching();
    if (matching.due()) {
      draft.change(new Change.MatchingChanged(false, matching.revive(), matching.revivedAt()));
    }
    Deadlines.run(draft);
    AppSteps.run(draft);
    Matching.run(draft);
    OfferKeeping.run(draft);
    return draft.done(new Reply.Done());
  }

  /**
   * When a {@link Input.Tick} is wanted: a time in the past means as soon as possible, and none
   * means that only another input can bring anything new.
   *
   * @param state what is known
   * @param now the time
   */
  public static Optional<Instant> nextDeadline(ClusterState state, Instant now) {
    boolean workLeft =
        !state.present().unsettled().isEmpty()
            || (state.present().matching().due() && state.present().connection().connected());
    if (workLeft) {
      return Optional.of(Instant.EPOCH);
    }
    Optional<Instant> timed = Deadlines.next(state, now);
    Optional<Instant> offers = OfferKeeping.deadline(state, now);
    return timed.isEmpty()
        ? offers
        : Optional.of(offers.filter(timed.get()::isAfter).orElse(timed.get()));
  }
}
