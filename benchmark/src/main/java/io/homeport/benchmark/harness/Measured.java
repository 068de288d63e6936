package io.homeport.benchmark.harness;

import java.util.List;
import java.util.Optional;

/**
 * What became of one benchmark.
 *
 * @param name its name
 * @param work what was measured
 * @param jvmFlags all flags of the JVM that it ran in
 * @param load the machine's load average over a minute when it began; below zero if unknown
 * @param seconds how long it took altogether
 * @param figures what was measured; none after a failure
 * @param failure why it could not be measured
 */
public record Measured(
    String name,
    String work,
    List<String> jvmFlags,
    double load,
    double seconds,
    List<Figure> figures,
    Optional<String> failure) {}
