package io.homeport.mesos;

import io.homeport.model.AgentId;
import io.homeport.model.OfferId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.scheduler.Protos.Call;

/**
 * From the core's calls to Mesos's.
 *
 * @param options the engine's
 * @param installation ours, for labels
 */
record CallTranslation(MesosOptions options, String installation) {
  private static final double MILLIS = 1000;

  private static final List<FrameworkInfo.Capability.Type> CAPABILITIES =
      List.of(
          FrameworkInfo.Capability.Type.MULTI_ROLE,
          FrameworkInfo.Capability.Type.PARTITION_AWARE,
          FrameworkInfo.Capability.Type.RESERVATION_REFINEMENT,
          FrameworkInfo.Capability.Type.TASK_KILLING_STATE,
          FrameworkInfo.Capability.Type.REGION_AWARE);

  /**
   * The call that begins a connection.
   *
   * @param frameworkId Mesos's name for us; empty for the first time
   * @param hostname this machine's name, for people
   */
  Call subscribe(Optional<String> frameworkId, String hostname) {
    FrameworkInfo.Builder info =
        FrameworkInfo.newBuilder()
            .setName(options.frameworkName())
            .setUser(options.user())
            .addRoles(options.role())
            .setCheckpoint(true)
            .setHostname(hostname)
            .setFailoverTimeout(options.failoverTimeout().toMillis() / MILLIS);
    if (!options.principal().isEmpty()) {
      info.setPrincipal(options.principal());
    }
    options.webUiUrl().ifPresent(info::setWebuiUrl);
    CAPABILITIES.forEach(type -> info.addCapabilitiesBuilder().setType(type));
    Call.Builder call = Call.newBuilder().setType(Call.Type.SUBSCRIBE);
    frameworkId.ifPresent(
        id -> {
          info.getIdBuilder().setValue(id);
          call.getFrameworkIdBuilder().setValue(id);
        });
    call.getSubscribeBuilder().setFrameworkInfo(info);
    return call.build();
  }

  /**
   * A call.
   *
   * @param call the core's
   * @param frameworkId Mesos's name for us
   * @param used the offers that an accept uses, as Mesos made them; those not outstanding are left
   *     out
   * @param feedback whether an agent can say what became of operations
   */
  Call call(
      io.homeport.model.Call call,
      String frameworkId,
      Collection<Offer> used,
      Predicate<AgentId> feedback) {
    Call.Builder builder =
        Call.newBuilder().setFrameworkId(FrameworkID.newBuilder().setValue(frameworkId));
    switch (call) {
      case io.homeport.model.Call.Accept accept ->
          accept(accept, used, feedback.test(accept.agent()), builder);
      case io.homeport.model.Call.Decline decline -> {
        builder.setType(Call.Type.DECLINE);
        decline.offers().forEach(id -> builder.getDeclineBuilder().addOfferIds(offer(id)));
        builder.getDeclineBuilder().getFiltersBuilder().setRefuseSeconds(seconds(decline.refuse()));
      }
      case io.homeport.model.Call.Kill kill -> {
        builder.setType(Call.Type.KILL);
        builder.getKillBuilder().getTaskIdBuilder().setValue(kill.task().value());
        builder.getKillBuilder().setAgentId(agent(kill.agent()));
        kill.grace()
            .ifPresent(
                grace -> builder.getKillBuilder().setKillPolicy(TaskInfos.killPolicy(grace)));
      }
      case io.homeport.model.Call.Acknowledge known -> {
        builder.setType(Call.Type.ACKNOWLEDGE);
        builder.getAcknowledgeBuilder().setAgentId(agent(known.agent()));
        builder.getAcknowledgeBuilder().getTaskIdBuilder().setValue(known.task().value());
        builder.getAcknowledgeBuilder().setUuid(UpdateTranslation.uuid(known.uuid()));
      }
      case io.homeport.model.Call.AcknowledgeOperation known -> {
        builder.setType(Call.Type.ACKNOWLEDGE_OPERATION_STATUS);
        builder
            .getAcknowledgeOperationStatusBuilder()
            .setAgentId(agent(known.agent()))
            .setUuid(UpdateTranslation.uuid(known.uuid()))
            .getOperationIdBuilder()
            .setValue(known.operation().value());
      }
      case io.homeport.model.Call.Reconcile reconcile -> reconcile(reconcile, builder);
      case io.homeport.model.Call.ReconcileOperations reconcile ->
          reconcile(reconcile, feedback, builder);
      case io.homeport.model.Call.Revive _ ->
          builder.setType(Call.Type.REVIVE).getReviveBuilder().addRoles(options.role());
      case io.homeport.model.Call.Suppress _ ->
          builder.setType(Call.Type.SUPPRESS).getSuppressBuilder().addRoles(options.role());
    }
    return builder.build();
  }

  private void accept(
      io.homeport.model.Call.Accept accept,
      Collection<Offer> used,
      boolean feedback,
      Call.Builder builder) {
    List<Resource> offered =
        used.stream().flatMap(offer -> offer.getResourcesList().stream()).toList();
    String role =
        used.stream()
            .map(offer -> offer.getAllocationInfo().getRole())
            .findFirst()
            .orElse(options.role());
    OperationTranslation translation =
        new OperationTranslation(installation, options.principal(), role, feedback, offered);
    builder.setType(Call.Type.ACCEPT);
    accept.offers().forEach(id -> builder.getAcceptBuilder().addOfferIds(offer(id)));
    builder.getAcceptBuilder().addAllOperations(translation.operations(accept.operations()));
    builder.getAcceptBuilder().getFiltersBuilder().setRefuseSeconds(seconds(accept.refuse()));
  }

  private static void reconcile(io.homeport.model.Call.Reconcile reconcile, Call.Builder builder) {
    builder.setType(Call.Type.RECONCILE);
    builder.getReconcileBuilder();
    reconcile
        .tasks()
        .forEach(
            known ->
                builder
                    .getReconcileBuilder()
                    .addTasksBuilder()
                    .setAgentId(agent(known.agent()))
                    .getTaskIdBuilder()
                    .setValue(known.task().value()));
  }

  /** Agents without feedback know no operation ids: asking would be answered with a lie. */
  private static void reconcile(
      io.homeport.model.Call.ReconcileOperations reconcile,
      Predicate<AgentId> feedback,
      Call.Builder builder) {
    builder.setType(Call.Type.RECONCILE_OPERATIONS);
    builder.getReconcileOperationsBuilder();
    reconcile.operations().stream()
        .filter(known -> feedback.test(known.agent()))
        .forEach(
            known ->
                builder
                    .getReconcileOperationsBuilder()
                    .addOperationsBuilder()
                    .setAgentId(agent(known.agent()))
                    .getOperationIdBuilder()
                    .setValue(known.operation().value()));
  }

  private static AgentID.Builder agent(AgentId id) {
    return AgentID.newBuilder().setValue(id.value());
  }

  private static OfferID.Builder offer(OfferId id) {
    return OfferID.newBuilder().setValue(id.value());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS;
  }
}
