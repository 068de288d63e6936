package io.homeport.state;

import io.homeport.model.Offer;
import java.time.Instant;

/**
 * An offer that has not been answered yet.
 *
 * @param offer the offer
 * @param since when it came; no offer is held longer than a bounded time, because what it offers is
 *     held back from everybody else (Mesos documentation, scheduler API)
 */
public record HeldOffer(Offer offer, Instant since) {}
