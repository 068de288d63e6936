package io.homeport.model;

import java.util.List;

/**
 * What an agent has free at the moment (Mesos: offer). An offer is answered at most once.
 *
 * @param id its identity
 * @param agent whose it is
 * @param unreserved what anybody may have, offered to our role
 * @param reservations what is reserved in our role under labels of Homeport; resources reserved by
 *     others, or without our labels, never get here
 */
public record Offer(
    OfferId id, Agent agent, Pool unreserved, List<OfferedReservation> reservations) {}
