package io.homeport.architecture;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Breaks each kind of ban, once a line, to show that breaking them is noticed. */
@SuppressWarnings("unused")
final class Impure {
  /** How many lines below break a ban. */
  static final int VIOLATIONS = 18;

  private Impure() {}

  static List<Object> banned(List<String> texts) {
    Supplier<Instant> byReference = Instant::now;
    Supplier<Object> inLambda = () -> Instant.now();
    return List.of(
        System.currentTimeMillis(),
        System.nanoTime(),
        UUID.randomUUID(),
        new Random(),
        ThreadLocalRandom.current(),
        Math.random(),
        Thread.currentThread(),
        CompletableFuture.completedFuture(1),
        texts.parallelStream(),
        Stream.of(1).parallel(),
        Set.of(1),
        Map.of(1, 2),
        new HashMap<>(),
        texts.stream().collect(Collectors.toSet()),
        texts.stream().collect(Collectors.toMap(t -> t, t -> t)),
        texts.stream().collect(Collectors.groupingBy(t -> t)));
  }

  static List<Object> allowed(List<String> texts) {
    return List.of(
        texts.stream().collect(Collectors.toMap(t -> t, t -> t, (a, b) -> a, TreeMap::new)),
        texts.stream().collect(Collectors.groupingBy(t -> t, TreeMap::new, Collectors.toList())),
        Instant.EPOCH.plusSeconds(1));
  }
}
