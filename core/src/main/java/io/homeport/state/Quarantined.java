package io.homeport.state;

import io.homeport.model.Agent;
import io.homeport.model.OfferedReservation;
import java.time.Instant;

/**
 * Resources that bear our label but that we have no record of, as after a store was restored from
 * an old copy. They are shown, and never destroyed by themselves.
 *
 * @param offered what was seen
 * @param agent where
 * @param since when first
 */
public record Quarantined(OfferedReservation offered, Agent agent, Instant since) {}
