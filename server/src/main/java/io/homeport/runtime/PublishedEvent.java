package io.homeport.runtime;

import io.homeport.model.Event;
import java.time.Instant;

/**
 * An event as followers get it.
 *
 * @param id its name
 * @param at when it was published
 * @param event what happened
 */
public record PublishedEvent(EventId id, Instant at, Event event) {}
