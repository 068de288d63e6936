/**
 * The state and the only way it changes: {@link io.homeport.state.ClusterState#apply}. Start-up,
 * take-over and recovery are the same replay of stored changes.
 */
package io.homeport.state;
