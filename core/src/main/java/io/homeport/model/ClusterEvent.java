package io.homeport.model;

import java.util.List;

/** What an engine tells us (Mesos: scheduler events). */
public sealed interface ClusterEvent {
  /**
   * The connection stands; offers and updates may come. All earlier offers are void.
   *
   * @param frameworkId the engine's name for us
   */
  record Connected(String frameworkId) implements ClusterEvent {}

  /**
   * The connection is lost; nothing said until the next {@link Connected} arrives.
   *
   * @param why a sentence for people
   */
  record Disconnected(String why) implements ClusterEvent {}

  /**
   * Resources are offered.
   *
   * @param offers each new
   */
  record OffersReceived(List<Offer> offers) implements ClusterEvent {}

  /**
   * An offer is void.
   *
   * @param offer the offer
   */
  record OfferRescinded(OfferId offer) implements ClusterEvent {}

  /**
   * Something happened to a task, or was asked for by reconciliation. The same may come repeatedly.
   *
   * @param update what
   */
  record TaskUpdated(TaskUpdate update) implements ClusterEvent {}

  /**
   * Something happened to an operation. The same may come repeatedly.
   *
   * @param update what
   */
  record OperationUpdated(OperationUpdate update) implements ClusterEvent {}

  /**
   * An agent appeared, changed, was lost or came back.
   *
   * @param agent what is known of it
   * @param status whether it can be used
   * @param total all it has, used or not
   */
  record AgentReported(Agent agent, AgentStatus status, Pool total) implements ClusterEvent {}
}
