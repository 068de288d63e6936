package io.homeport.benchmark.harness;

import java.time.Instant;
import java.util.List;

/**
 * All that one call of the program measured.
 *
 * @param at when it began
 * @param machine where
 * @param size how large the work was
 * @param repeats how many runs count
 * @param seed what random choices began with
 * @param benchmarks what was measured
 */
public record Report(
    Instant at,
    Machine machine,
    Conditions.Size size,
    int repeats,
    long seed,
    List<Measured> benchmarks) {}
