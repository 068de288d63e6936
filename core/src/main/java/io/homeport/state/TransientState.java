package io.homeport.state;

import io.homeport.model.AgentId;
import io.homeport.model.AppId;
import io.homeport.model.InstanceId;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.ReservationId;
import io.homeport.model.TaskId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * The part of the state that is true only while this server leads, and begins empty at each start.
 *
 * @param nextNumber the number of the next id of this term
 * @param connection whether the engine is connected, since when, and whether offers are wanted
 * @param offers the offers not answered yet
 * @param offersByAgent derived: those of each agent
 * @param views how agents were last seen
 * @param health what health checks say of tasks
 * @param delays launch delays of apps
 * @param unreachableSince since when an instance's agent counts as out of reach
 * @param kills when to repeat the kill of a task
 * @param refusals instances whose launch was refused by their agent, and why
 * @param reconciliation what is in doubt
 * @param quarantined resources with our label and without a record
 * @param unsettled apps to be looked at
 */
public record TransientState(
    long nextNumber,
    Connection connection,
    TreePMap<OfferId, HeldOffer> offers,
    TreePMap<AgentId, TreePSet<OfferId>> offersByAgent,
    TreePMap<AgentId, AgentView> views,
    TreePMap<TaskId, Health> health,
    TreePMap<AppId, Change.LaunchDelay> delays,
    TreePMap<InstanceId, Instant> unreachableSince,
    TreePMap<TaskId, Instant> kills,
    TreePMap<InstanceId, Change.Refusal> refusals,
    Reconciliation reconciliation,
    TreePMap<ReservationId, Quarantined> quarantined,
    TreePSet<AppId> unsettled) {
  /** What is known at the start: nothing. */
  public static final TransientState EMPTY =
      new TransientState(
          1,
          new Connection(false, Instant.EPOCH, false),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          Reconciliation.NONE,
          TreePMap.empty(),
          TreePSet.empty());

  /**
   * The connection to the engine.
   *
   * @param connected whether it stands
   * @param since since when it stands or is lost
   * @param suppressed whether we told the engine that we want no offers
   */
  public record Connection(boolean connected, Instant since, boolean suppressed) {}

  /**
   * What health checks say of a task.
   *
   * @param healthy whether it works
   * @param since since when
   */
  public record Health(boolean healthy, Instant since) {}

  /**
   * The state after a change.
   *
   * @param change what happened
   */
  public TransientState apply(Change.Transient change) {
    return switch (change) {
      case Change.NumbersTaken taken -> withNumber(taken.next());
      case Change.ConnectionChanged changed ->
          withConnection(new Connection(changed.connected(), changed.since(), false));
      case Change.SuppressionChanged changed ->
          withConnection(
              new Connection(connection.connected(), connection.since(), changed.suppressed()));
      case Change.OfferAdded added -> plus(added);
      case Change.OfferRemoved removed -> minus(removed.offer());
      case Change.AgentStatusChanged changed ->
          withViews(
              views.plus(
                  changed.agent(), new AgentView(changed.status(), changed.total(), changed.at())));
      case Change.HealthLearnt learnt -> withHealth(healthAfter(learnt));
      case Change.DelayChanged changed -> withDelays(put(delays, changed.app(), changed.delay()));
      case Change.UnreachableSince since ->
          withUnreachable(put(unreachableSince, since.instance(), since.since()));
      case Change.KillSent sent -> withKills(put(kills, sent.task(), sent.repeatAt()));
      case Change.LaunchRefused refused ->
          withRefusals(put(refusals, refused.instance(), refused.refusal()));
      case Change.ReconciliationChanged changed -> withReconciliation(changed.reconciliation());
      case Change.QuarantineChanged changed ->
          withQuarantined(put(quarantined, changed.id(), changed.quarantined()));
      case Change.AppsSettled settled -> withUnsettled(unsettled.minusAll(settled.apps()));
      case Change.AppsUnsettled apps -> withUnsettled(unsettled.plusAll(apps.apps()));
    };
  }

  private static <K, V> TreePMap<K, V> put(TreePMap<K, V> map, K key, Optional<V> value) {
    return value.isPresent() ? map.plus(key, value.get()) : map.minus(key);
  }

  private TreePMap<TaskId, Health> healthAfter(Change.HealthLearnt learnt) {
    return put(
        health, learnt.task(), learnt.healthy().map(healthy -> new Health(healthy, learnt.at())));
  }

  private TransientState plus(Change.OfferAdded added) {
    Offer offer = added.offer();
    AgentId agent = offer.agent().id();
    TreePSet<OfferId> ofAgent =
        Objects.requireNonNullElse(offersByAgent.get(agent), TreePSet.<OfferId>empty());
    return withOffers(
        offers.plus(offer.id(), new HeldOffer(offer, added.at())),
        offersByAgent.plus(agent, ofAgent.plus(offer.id())));
  }

  private TransientState minus(OfferId id) {
    HeldOffer held = offers.get(id);
    if (held == null) {
      return this;
    }
    AgentId agent = held.offer().agent().id();
    TreePSet<OfferId> rest =
        Objects.requireNonNullElse(offersByAgent.get(agent), TreePSet.<OfferId>empty()).minus(id);
    return withOffers(
        offers.minus(id),
        rest.isEmpty() ? offersByAgent.minus(agent) : offersByAgent.plus(agent, rest));
  }

  private TransientState withNumber(long next) {
    return new TransientState(
        next,
        connection,
        offers,
        offersByAgent,
        views,
        health,
        delays,
        unreachableSince,
        kills,
        refusals,
        reconciliation,
        quarantined,
        unsettled);
  }

  private TransientState withConnection(Connection next) {
    return new TransientState(
        nextNumber,
        next,
        offers,
        offersByAgent,
        views,
        health,
        delays,
        unreachableSince,
        kills,
        refusals,
        reconciliation,
        quarantined,
        unsettled);
  }

  private TransientState withOffers(
      TreePMap<OfferId, HeldOffer> next, TreePMap<AgentId, TreePSet<OfferId>> nextByAgent) {
    return new TransientState(
        nextNumber,
        connection,
        next,
        nextByAgent,
        views,
        health,
        delays,
        unreachableSince,
        kills,
        refusals,
        reconciliation,
        quarantined,
        unsettled);
  }

  private TransientState withViews(TreePMap<AgentId, AgentView> next) {
    return new TransientState(
        nextNumber,
        connection,
        offers,
        offersByAgent,
        next,
        health,
        delays,
        unreachableSince,
        kills,
        refusals,
        reconciliation,
        quarantined,
        unsettled);
  }

  private TransientState withHealth(TreePMap<TaskId, Health> next) {
    return new TransientState(
        nextNumber,
        connection,
        offers,
        offersByAgent,
        views,
        next,
        delays,
        unreachableSince,
        kills,
        refusals,
        reconciliation,
        quarantined,
        unsettled);
  }

  private TransientState withDelays(TreePMap<AppId, Change.LaunchDelay> next) {
    return new TransientState(
        nextNumber,
        connection,
        offers,
        offersByAgent,
        views,
        health,
        next,
        unreachableSince,
        kills,
        refusals,
        reconciliation,
        quarantined,
        unsettled);
  }

  private TransientState withUnreachable(TreePMap<InstanceId, Instant> next) {
    return new TransientState(
        nextNumber,
        connection,
        offers,
        offersByAgent,
        views,
        health,
        delays,
        next,
        kills,
        refusals,
        reconciliation,
        quarantined,
        unsettled);
  }

  private TransientState withKills(TreePMap<TaskId, Instant> next) {
    return new TransientState(
        nextNumber,
        connection,
        offers,
        offersByAgent,
        views,
        health,
        delays,
        unreachableSince,
        next,
        refusals,
        reconciliation,
        quarantined,
        unsettled);
  }

  private TransientState withRefusals(TreePMap<InstanceId, Change.Refusal> next) {
    return new TransientState(
        nextNumber,
        connection,
        offers,
        offersByAgent,
        views,
        health,
        delays,
        unreachableSince,
        kills,
        next,
        reconciliation,
        quarantined,
        unsettled);
  }

  private TransientState withReconciliation(Reconciliation next) {
    return new TransientState(
        nextNumber,
        connection,
        offers,
        offersByAgent,
        views,
        health,
        delays,
        unreachableSince,
        kills,
        refusals,
        next,
        quarantined,
        unsettled);
  }

  private TransientState withQuarantined(TreePMap<ReservationId, Quarantined> next) {
    return new TransientState(
        nextNumber,
        connection,
        offers,
        offersByAgent,
        views,
        health,
        delays,
        unreachableSince,
        kills,
        refusals,
        reconciliation,
        next,
        unsettled);
  }

  private TransientState withUnsettled(TreePSet<AppId> next) {
    return new TransientState(
        nextNumber,
        connection,
        offers,
        offersByAgent,
        views,
        health,
        delays,
        unreachableSince,
        kills,
        refusals,
        reconciliation,
        quarantined,
        next);
  }
}
