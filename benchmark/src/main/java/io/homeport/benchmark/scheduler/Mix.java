package io.homeport.benchmark.scheduler;

import io.homeport.model.AppDefinition;
import io.homeport.model.Resources;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Work that fills a cluster of like hosts to the last processor, in the shares of Fenzo's own
 * {@code TestLotsOfTasks}: two fifths of the processors for tasks of three quarters of a host, two
 * fifths for halves, the rest for single processors. It comes as apps of one size each, in random
 * order.
 *
 * @param hosts how many hosts
 * @param apps in the order in which they are placed, which is that of their ids
 */
record Mix(int hosts, List<AppDefinition> apps) {
  static final int CPUS = 8;
  static final double MEM_PER_CPU = 1000;

  /** What each host has. */
  static final Resources HOST = new Resources(CPUS, CPUS * MEM_PER_CPU, 10_000, 0);

  private static final int APPS_OF_A_SIZE = 10;

  /** A mix for so many hosts. */
  static Mix of(int hosts, long seed) {
    int large = hosts * CPUS * 2 / 5 / 6;
    int half = hosts * CPUS * 2 / 5 / 4;
    int single = hosts * CPUS - large * 6 - half * 4;
    List<Part> parts = new ArrayList<>();
    divide(large, 6, parts);
    divide(half, 4, parts);
    divide(single, 1, parts);
    Collections.shuffle(parts, new Random(seed));
    List<AppDefinition> apps = new ArrayList<>();
    for (Part part : parts) {
      apps.add(
          Definitions.stateful(
              String.format(Locale.ROOT, "/mix%02d", apps.size()),
              part.instances(),
              new Resources(part.cpus(), part.cpus() * MEM_PER_CPU, 0, 0),
              Definitions.unique()));
    }
    return new Mix(hosts, apps);
  }

  /** So many instances of one size. */
  private record Part(int instances, double cpus) {}

  private static void divide(int instances, double cpus, List<Part> parts) {
    int left = instances;
    for (int apps = APPS_OF_A_SIZE; apps > 0; apps--) {
      int part = left / apps;
      left -= part;
      if (part > 0) {
        parts.add(new Part(part, cpus));
      }
    }
  }

  /** All instances of all apps. */
  int instances() {
    return apps.stream().mapToInt(AppDefinition::instances).sum();
  }
}
