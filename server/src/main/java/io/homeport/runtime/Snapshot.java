package io.homeport.runtime;

import io.homeport.state.ClusterState;
import java.time.Instant;

/**
 * What readers see: a state all of whose stored changes are committed.
 *
 * @param state the state
 * @param sequence the sequence number of the last commit in it
 * @param at when it was published
 */
public record Snapshot(ClusterState state, long sequence, Instant at) {}
