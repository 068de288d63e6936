package io.homeport.simulation.world;

import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Instance;
import io.homeport.model.Operation;
import io.homeport.model.OperationUpdate;
import io.homeport.model.Reservation;
import io.homeport.model.TaskUpdate;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.Input;
import io.homeport.state.Change;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** What things are called in a trace: short, and the same in every run. */
public final class Describe {
  private Describe() {}

  /**
   * The kind of an input.
   *
   * @param input the input
   */
  public static String kind(Input input) {
    return switch (input) {
      case Input.Asked asked -> "command " + name(asked.command());
      case Input.Observed observed -> "event " + name(observed.event());
      case Input.Led _ -> "led";
      case Input.Tick _ -> "tick";
    };
  }

  /**
   * What happened.
   *
   * @param input the input
   */
  public static String input(Input input) {
    return switch (input) {
      case Input.Asked asked -> "asked " + command(asked.command());
      case Input.Observed observed -> "hears " + event(observed.event());
      case Input.Led led -> "led " + led.term();
      case Input.Tick _ -> "tick";
    };
  }

  /**
   * What is asked for.
   *
   * @param command the command
   */
  public static String command(Command command) {
    return switch (command) {
      case Command.PutApps put ->
          put.apps().stream()
              .map(
                  app ->
                      "put "
                          + app.definition().id()
                          + " x"
                          + app.definition().instances()
                          + " "
                          + app.definition().command()
                          + (app.basis().isPresent() ? " changed" : " new")
                          + (put.force() ? " by force" : ""))
              .collect(Collectors.joining(", "));
      case Command.KillInstances kill -> "kill " + kill.mode() + " " + kill.instances();
      case Command.DeleteApp delete -> "delete " + delete.app() + (delete.force() ? " force" : "");
      case Command.RestartApp restart ->
          "restart " + restart.app() + (restart.force() ? " by force" : "");
      case Command.CancelDeployment cancel ->
          "cancel " + cancel.deployment() + (cancel.force() ? " by force" : "");
      case Command.ResetDelay reset -> "reset delay " + reset.app();
      case Command.DestroyVolume destroy -> "destroy " + destroy.volume();
      case Command.Resume _ -> "resume";
      case Command.AdoptVolume adopt ->
          "adopt " + adopt.volume() + " for " + adopt.app() + " " + adopt.ordinal();
    };
  }

  /**
   * What the engine says.
   *
   * @param event the event
   */
  public static String event(ClusterEvent event) {
    return switch (event) {
      case ClusterEvent.Connected connected -> "connected " + connected.frameworkId();
      case ClusterEvent.Disconnected gone -> "disconnected " + gone.why();
      case ClusterEvent.OffersReceived received ->
          "offers "
              + received.offers().stream()
                  .map(
                      offer ->
                          offer.id()
                              + "@"
                              + offer.agent().id()
                              + " "
                              + offer.unreserved().resources().cpus()
                              + " cpus "
                              + offer.reservations().stream()
                                  .map(part -> part.id() + "/" + part.volumes().size())
                                  .toList())
                  .toList();
      case ClusterEvent.OfferRescinded rescinded -> "rescinded " + rescinded.offer();
      case ClusterEvent.TaskUpdated updated -> update(updated.update());
      case ClusterEvent.OperationUpdated updated -> update(updated.update());
      case ClusterEvent.AgentReported reported ->
          "agent " + reported.agent().id() + " " + reported.status();
    };
  }

  private static String update(TaskUpdate update) {
    return update.task()
        + " "
        + update.state()
        + update.healthy().map(healthy -> healthy ? " healthy" : " unhealthy").orElse("")
        + (update.reason().isEmpty() ? "" : " " + update.reason())
        + update.uuid().map(uuid -> " " + uuid).orElse("");
  }

  private static String update(OperationUpdate update) {
    return update.operation()
        + " "
        + update.state()
        + update.uuid().map(uuid -> " " + uuid).orElse("");
  }

  /**
   * What is asked of the engine.
   *
   * @param call the call
   */
  public static String call(Call call) {
    return switch (call) {
      case Call.Accept accept ->
          "ACCEPT "
              + accept.offers()
              + "@"
              + accept.agent()
              + " "
              + accept.operations().stream().map(Describe::operation).toList();
      case Call.Decline decline -> "DECLINE " + decline.offers() + " " + decline.refuse();
      case Call.Kill kill -> "KILL " + kill.task();
      case Call.Acknowledge ack -> "ACKNOWLEDGE " + ack.task() + " " + ack.uuid();
      case Call.AcknowledgeOperation ack -> "ACKNOWLEDGE " + ack.operation() + " " + ack.uuid();
      case Call.Reconcile reconcile ->
          "RECONCILE " + reconcile.tasks().stream().map(Call.KnownTask::task).toList();
      case Call.ReconcileOperations reconcile ->
          "RECONCILE_OPERATIONS "
              + reconcile.operations().stream().map(Call.KnownOperation::operation).toList();
      case Call.Revive _ -> "REVIVE";
      case Call.Suppress _ -> "SUPPRESS";
    };
  }

  /**
   * An operation by its id.
   *
   * @param operation the operation
   */
  public static String operation(Operation operation) {
    return switch (operation) {
      case Operation.Launch launch -> "launch~" + launch.launch().task();
      case Operation.Reserve reserve -> reserve.id().value();
      case Operation.Create create -> create.id().value();
      case Operation.Destroy destroy -> destroy.id().value();
      case Operation.Unreserve unreserve -> unreserve.id().value();
    };
  }

  /**
   * What changes.
   *
   * @param changes the changes, in order
   */
  public static String changes(Collection<? extends Change> changes) {
    return changes.stream().map(Describe::change).collect(Collectors.joining("; "));
  }

  private static String change(Change change) {
    return switch (change) {
      case Change.InstancePut put -> instance(put.instance());
      case Change.ReservationPut put -> reservation(put.reservation());
      case Change.AppPut put -> "app " + put.definition().id() + " " + put.definition().version();
      case Change.DeploymentPut put ->
          "deployment " + put.deployment().id() + " step " + put.deployment().currentStep();
      default -> change.toString();
    };
  }

  private static String instance(Instance instance) {
    return instance.id()
        + "["
        + instance.ordinal()
        + "] "
        + instance.goal().name().toLowerCase(Locale.ROOT)
        + " "
        + instance.condition()
        + instance.task().map(task -> " " + task.id() + "@" + task.agent()).orElse("")
        + instance.reservation().map(home -> " at " + home).orElse(" homeless");
  }

  private static String reservation(Reservation reservation) {
    return reservation.id()
        + "@"
        + reservation.agent()
        + " "
        + name(reservation.state())
        + " "
        + reservation.volumes().stream().map(volume -> volume.id() + " " + volume.state()).toList()
        + reservation.owner().map(owner -> " of " + owner).orElse("");
  }

  /**
   * What kind of thing it is.
   *
   * @param thing anything
   */
  public static String name(Object thing) {
    return thing.getClass().getSimpleName();
  }
}
