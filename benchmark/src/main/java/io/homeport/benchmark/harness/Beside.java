package io.homeport.benchmark.harness;

import java.util.Optional;

/**
 * A peer or a limit on the same work in the same run.
 *
 * @param name what it is, with its version
 * @param spread what it measured, in the figure's unit
 * @param goal what the ratio, ours to theirs, should be, if anything
 */
public record Beside(String name, Spread spread, Optional<Goal> goal) {}
