package io.homeport.state;

import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.AppId;
import io.homeport.model.InstanceId;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.Pool;
import io.homeport.model.ReservationId;
import io.homeport.model.TaskId;
import io.homeport.model.TaskUpdate;
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
 * @param unknownTasks tasks that bear our name but have no record; they are shown and left alone
 * @param matching whether offers and waiting work should be matched again
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
    TreePMap<TaskId, TaskUpdate> unknownTasks,
    Matching matching,
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
          TreePMap.empty(),
          new Matching(false, false, Instant.EPOCH),
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
   * What is to be done about offers.
   *
   * @param due whether something changed since offers and waiting work were last matched
   * @param revive whether something new waits since the engine was last asked for offers
   * @param revivedAt when it was last asked
   */
  public record Matching(boolean due, boolean revive, Instant revivedAt) {}

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
      case Change.NumbersTaken taken -> copy().nextNumber(taken.next()).sealed();
      case Change.ConnectionChanged changed ->
          copy().connection(new Connection(changed.connected(), changed.since(), false)).sealed();
      case Change.SuppressionChanged changed -> copy().connection(after(changed)).sealed();
      case Change.OfferAdded added -> plus(added);
      case Change.OfferRemoved removed -> minus(removed.offer());
      case Change.AgentStatusChanged changed ->
          copy().views(views.plus(changed.agent(), viewAfter(changed))).sealed();
      case Change.HealthLearnt learnt ->
          copy().health(put(health, learnt.task(), healthAfter(learnt))).sealed();
      case Change.DelayChanged changed ->
          copy().delays(put(delays, changed.app(), changed.delay())).sealed();
      case Change.UnreachableSince since ->
          copy().unreachableSince(put(unreachableSince, since.instance(), since.since())).sealed();
      case Change.KillSent sent -> copy().kills(put(kills, sent.task(), sent.repeatAt())).sealed();
      case Change.LaunchRefused refused ->
          copy().refusals(put(refusals, refused.instance(), refused.refusal())).sealed();
      case Change.ReconciliationChanged changed ->
          copy().reconciliation(changed.reconciliation()).sealed();
      case Change.QuarantineChanged changed ->
          copy().quarantined(put(quarantined, changed.id(), changed.quarantined())).sealed();
      case Change.UnknownTaskSeen seen ->
          copy().unknownTasks(put(unknownTasks, seen.task(), seen.update())).sealed();
      case Change.MatchingChanged changed ->
          copy()
              .matching(new Matching(changed.match(), changed.revive(), changed.revivedAt()))
              .sealed();
      case Change.AppsSettled settled ->
          copy().unsettled(unsettled.minusAll(settled.apps())).sealed();
      case Change.AppsUnsettled apps -> copy().unsettled(unsettled.plusAll(apps.apps())).sealed();
    };
  }

  private static <K, V> TreePMap<K, V> put(TreePMap<K, V> map, K key, Optional<V> value) {
    return value.isPresent() ? map.plus(key, value.get()) : map.minus(key);
  }

  private Connection after(Change.SuppressionChanged changed) {
    return new Connection(connection.connected(), connection.since(), changed.suppressed());
  }

  private static Optional<Health> healthAfter(Change.HealthLearnt learnt) {
    return learnt.healthy().map(healthy -> new Health(healthy, learnt.at()));
  }

  private AgentView viewAfter(Change.AgentStatusChanged changed) {
    AgentView before = views.get(changed.agent());
    Pool lastOffered = before == null ? Pool.EMPTY : before.lastOffered();
    return new AgentView(changed.status(), changed.total(), lastOffered, changed.at());
  }

  /** Offers of one agent that are outstanding together count together. */
  private AgentView viewAfter(Change.OfferAdded added) {
    AgentId agent = added.offer().agent().id();
    AgentView before = views.get(agent);
    Pool offered = added.offer().unreserved();
    if (before == null) {
      return new AgentView(AgentStatus.ACTIVE, Pool.EMPTY, offered, added.at());
    }
    Pool together = offered;
    for (OfferId other : offersOf(agent)) {
      HeldOffer held = offers.get(other);
      together = held == null ? together : together.plus(held.offer().unreserved());
    }
    return new AgentView(before.status(), before.total(), together, added.at());
  }

  private TransientState plus(Change.OfferAdded added) {
    Offer offer = added.offer();
    AgentId agent = offer.agent().id();
    return copy()
        .views(views.plus(agent, viewAfter(added)))
        .offers(offers.plus(offer.id(), new HeldOffer(offer, added.at())))
        .offersByAgent(offersByAgent.plus(agent, offersOf(agent).plus(offer.id())))
        .sealed();
  }

  private TransientState minus(OfferId id) {
    HeldOffer held = offers.get(id);
    if (held == null) {
      return this;
    }
    AgentId agent = held.offer().agent().id();
    TreePSet<OfferId> rest = offersOf(agent).minus(id);
    return copy()
        .offers(offers.minus(id))
        .offersByAgent(
            rest.isEmpty() ? offersByAgent.minus(agent) : offersByAgent.plus(agent, rest))
        .sealed();
  }

  /**
   * Whether an agent was said to be in reach; false when nothing is known of it.
   *
   * @param agent the agent
   */
  public boolean isInReach(AgentId agent) {
    AgentView view = views.get(agent);
    return view != null && view.status().isInReach();
  }

  /**
   * The outstanding offers of an agent.
   *
   * @param agent the agent
   */
  public TreePSet<OfferId> offersOf(AgentId agent) {
    return Objects.requireNonNullElse(offersByAgent.get(agent), TreePSet.<OfferId>empty());
  }

  private Copy copy() {
    return new Copy(this);
  }

  /** A copy on its way to the next state: changed field by field, then sealed. */
  private static final class Copy {
    private long nextNumber;
    private Connection connection;
    private TreePMap<OfferId, HeldOffer> offers;
    private TreePMap<AgentId, TreePSet<OfferId>> offersByAgent;
    private TreePMap<AgentId, AgentView> views;
    private TreePMap<TaskId, Health> health;
    private TreePMap<AppId, Change.LaunchDelay> delays;
    private TreePMap<InstanceId, Instant> unreachableSince;
    private TreePMap<TaskId, Instant> kills;
    private TreePMap<InstanceId, Change.Refusal> refusals;
    private Reconciliation reconciliation;
    private TreePMap<ReservationId, Quarantined> quarantined;
    private TreePMap<TaskId, TaskUpdate> unknownTasks;
    private Matching matching;
    private TreePSet<AppId> unsettled;

    Copy(TransientState state) {
      nextNumber = state.nextNumber;
      connection = state.connection;
      offers = state.offers;
      offersByAgent = state.offersByAgent;
      views = state.views;
      health = state.health;
      delays = state.delays;
      unreachableSince = state.unreachableSince;
      kills = state.kills;
      refusals = state.refusals;
      reconciliation = state.reconciliation;
      quarantined = state.quarantined;
      unknownTasks = state.unknownTasks;
      matching = state.matching;
      unsettled = state.unsettled;
    }

    Copy nextNumber(long next) {
      nextNumber = next;
      return this;
    }

    Copy connection(Connection next) {
      connection = next;
      return this;
    }

    Copy offers(TreePMap<OfferId, HeldOffer> next) {
      offers = next;
      return this;
    }

    Copy offersByAgent(TreePMap<AgentId, TreePSet<OfferId>> next) {
      offersByAgent = next;
      return this;
    }

    Copy views(TreePMap<AgentId, AgentView> next) {
      views = next;
      return this;
    }

    Copy health(TreePMap<TaskId, Health> next) {
      health = next;
      return this;
    }

    Copy delays(TreePMap<AppId, Change.LaunchDelay> next) {
      delays = next;
      return this;
    }

    Copy unreachableSince(TreePMap<InstanceId, Instant> next) {
      unreachableSince = next;
      return this;
    }

    Copy kills(TreePMap<TaskId, Instant> next) {
      kills = next;
      return this;
    }

    Copy refusals(TreePMap<InstanceId, Change.Refusal> next) {
      refusals = next;
      return this;
    }

    Copy reconciliation(Reconciliation next) {
      reconciliation = next;
      return this;
    }

    Copy quarantined(TreePMap<ReservationId, Quarantined> next) {
      quarantined = next;
      return this;
    }

    Copy unknownTasks(TreePMap<TaskId, TaskUpdate> next) {
      unknownTasks = next;
      return this;
    }

    Copy matching(Matching next) {
      matching = next;
      return this;
    }

    Copy unsettled(TreePSet<AppId> next) {
      unsettled = next;
      return this;
    }

    TransientState sealed() {
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
          unknownTasks,
          matching,
          unsettled);
    }
  }
}
