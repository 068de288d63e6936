package io.homeport.simulation.defects;

import io.homeport.model.AppDefinition;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Constraint;
import io.homeport.model.Offer;
import io.homeport.model.Pool;
import io.homeport.model.Resources;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import io.homeport.model.UpgradeStrategy;
import io.homeport.runtime.Decider;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.Decision;
import io.homeport.scheduler.ErrorCode;
import io.homeport.scheduler.Input;
import io.homeport.scheduler.Reply;
import io.homeport.state.App;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import io.homeport.state.HeldOffer;
import java.util.List;
import java.util.function.UnaryOperator;

/** Defects in what the core makes of what it hears and sees. */
final class SightDefects {
  private SightDefects() {}

  /** What is out of reach is taken for gone. */
  static Decider takesUnreachableForGone() {
    return new AlteredDecider() {
      @Override
      Input hear(ClusterState state, Input input) {
        return input instanceof Input.Observed observed
                && observed.event() instanceof ClusterEvent.TaskUpdated updated
                && updated.update().state() == TaskState.TASK_UNREACHABLE
            ? new Input.Observed(new ClusterEvent.TaskUpdated(gone(updated.update())))
            : input;
      }
    };
  }

  private static TaskUpdate gone(TaskUpdate update) {
    return new TaskUpdate(
        update.task(),
        update.agent(),
        TaskState.TASK_GONE,
        update.reason(),
        update.message(),
        update.uuid(),
        update.timestamp(),
        update.healthy(),
        update.ipAddresses());
  }

  /** A restored state is taken for the present one: it acts before anybody has looked at it. */
  static Decider overlooksSafeMode() {
    return new AlteredDecider() {
      @Override
      ClusterState see(ClusterState state) {
        return state.apply(new Change.SafeModeEnded());
      }
    };
  }

  /** Each leadership counts from the beginning, under the same term: ids are made again. */
  static Decider reusesIds() {
    return new AlteredDecider() {
      @Override
      Input hear(ClusterState state, Input input) {
        return input instanceof Input.Led led ? new Input.Led("always", led.installation()) : input;
      }
    };
  }

  /** The killing of something lost destroys its volumes (Marathon #5207). */
  static Decider wipesWhatIsLost() {
    return new AlteredDecider() {
      @Override
      Input hear(ClusterState state, Input input) {
        return input instanceof Input.Asked asked
                && asked.command() instanceof Command.KillInstances kill
                && kill.mode() == Command.KillMode.RELAUNCH
            ? new Input.Asked(
                new Command.KillInstances(kill.instances(), Command.KillMode.WIPE, kill.force()))
            : input;
      }
    };
  }

  /** Definitions are seen otherwise than they are. */
  private static Decider misreading(UnaryOperator<AppDefinition> reading) {
    return new AlteredDecider() {
      @Override
      ClusterState see(ClusterState state) {
        ClusterState seen = state;
        for (App app : state.durable().apps().values()) {
          seen = seen.apply(new Change.AppPut(reading.apply(app.definition())));
        }
        return seen;
      }
    };
  }

  static Decider ignoresConstraints() {
    return misreading(app -> Definitions.with(app, List.<Constraint>of(), app.upgradeStrategy()));
  }

  static Decider ignoresUpgradeStrategy() {
    return misreading(app -> Definitions.with(app, app.constraints(), new UpgradeStrategy(0, 0)));
  }

  /** Offers are taken for larger than they are. */
  static Decider countsTwice() {
    return new AlteredDecider() {
      @Override
      ClusterState see(ClusterState state) {
        ClusterState seen = state;
        for (HeldOffer held : state.present().offers().values()) {
          seen = seen.apply(new Change.OfferAdded(doubled(held.offer()), held.since()));
        }
        return seen;
      }
    };
  }

  private static Offer doubled(Offer offer) {
    Resources free = offer.unreserved().resources();
    Pool larger = new Pool(free.plus(free), offer.unreserved().ports(), offer.unreserved().disks());
    return new Offer(offer.id(), offer.agent(), larger, offer.reservations());
  }

  /** What may not be changed is changed. */
  static Decider allowsForbiddenChanges() {
    return new AlteredDecider() {
      @Override
      Decision alter(ClusterState state, Input input, Decision decision) {
        if (!(input instanceof Input.Asked asked
            && asked.command() instanceof Command.PutApps put
            && decision.reply() instanceof Reply.Rejected rejected
            && rejected.code() == ErrorCode.INVALID)) {
          return decision;
        }
        List<Change.AppPut> changes =
            put.apps().stream().map(app -> new Change.AppPut(app.definition())).toList();
        return withChanges(new Decision(List.of(), List.of(), new Reply.Done()), changes);
      }
    };
  }
}
