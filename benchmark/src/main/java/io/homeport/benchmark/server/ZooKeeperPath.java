package io.homeport.benchmark.server;

import io.homeport.benchmark.harness.Benchmark;
import io.homeport.benchmark.harness.Conditions;
import io.homeport.benchmark.harness.Figure;
import io.homeport.benchmark.harness.Goal;
import io.homeport.benchmark.scheduler.Definitions;
import io.homeport.runtime.Recovery;
import io.homeport.runtime.Store;
import io.homeport.store.PlainMultis;
import io.homeport.store.ZooKeeperStore;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryForever;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingCluster;
import org.apache.zookeeper.ZooDefs;

/** The store in ZooKeeper: launches committed to three nodes, and reading it all again. */
public final class ZooKeeperPath implements Benchmark {
  private static final int NODES = 3;
  private static final int APPS = 20;
  private static final long PATIENCE_SECONDS = 600;

  @Override
  public String name() {
    return "zookeeper";
  }

  @Override
  public String work() {
    return "three ZooKeeper nodes on this machine, each synced to disk: 20,000 launches in 20 apps"
        + " on 200 agents, decided, committed and encoded; and recovery with 100,000 instances";
  }

  /** What one run measured. */
  private record Run(int launches, double seconds, double plainSeconds, int commits) {
    double rate() {
      return launches / seconds;
    }

    double plainRate() {
      return launches / plainSeconds;
    }
  }

  @Override
  public List<Figure> run(Conditions conditions) throws Exception {
    // The same as in production: what ZooKeeper answers is on its disks.
    System.setProperty("zookeeper.forceSync", "yes");
    InstanceSpec[] nodes = new InstanceSpec[NODES];
    for (int node = 0; node < NODES; node++) {
      nodes[node] = InstanceSpec.newInstanceSpec();
    }
    try (TestingCluster servers = new TestingCluster(nodes)) {
      servers.start();
      try (CuratorFramework client =
          CuratorFrameworkFactory.newClient(servers.getConnectString(), new RetryForever(100))) {
        client.start();
        int[] next = {0};
        List<Run> runs = conditions.repeat(() -> launch(conditions, client, "/launch" + next[0]++));
        List<Double> recoveries = recover(conditions, client);
        return List.of(
            Figure.of("launches", "/s", runs, Run::rate)
                .goal(Goal.atLeast(2_000))
                .beside(
                    "ZooKeeper, the same multis alone", runs.stream().map(Run::plainRate).toList()),
            Figure.of("commits", "/s", runs, run -> run.commits() / run.seconds()),
            Figure.of("recovery of 100,000 instances", "s", recoveries).goal(Goal.atMost(20)));
      }
    }
  }

  private static Store store(CuratorFramework client, String root) throws Exception {
    return ZooKeeperStore.open(client, root, ZooDefs.Ids.OPEN_ACL_UNSAFE);
  }

  private static Run launch(Conditions conditions, CuratorFramework client, String root)
      throws Exception {
    int each = conditions.scaled(1_000, 3);
    int agents = conditions.scaled(200, 5);
    int launches = APPS * each;
    CountDownLatch open = new CountDownLatch(launches);
    SimulatedMesos cluster =
        new SimulatedMesos(
            SimulatedMesos.Settings.of(
                agents, launches, false, (call, bytes) -> OneApp.countLaunches(call, open)));
    RecordingStore store = RecordingStore.ofBatches(store(client, root));
    double seconds;
    try (Installation installation = Installation.begin(store, cluster)) {
      installation.awaitAgents(agents);
      long begun = System.nanoTime();
      for (int app = 0; app < APPS; app++) {
        installation.ask(Definitions.put(Definitions.database(Population.app(app), each)));
      }
      if (!open.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(open.getCount() + " launches are missing");
      }
      seconds = (System.nanoTime() - begun) / 1e9;
    }
    double plain = PlainMultis.send(client, root + "-plain", store.batches());
    return new Run(launches, seconds, plain, store.batches().size());
  }

  private static List<Double> recover(Conditions conditions, CuratorFramework client)
      throws Exception {
    Population population =
        new Population(
            conditions.scaled(100, 2), conditions.scaled(1_000, 4), conditions.scaled(1_000, 5));
    try (Store store = store(client, "/recovery")) {
      store.load(change -> {});
      population.write(store);
    }
    conditions.progress().accept("the store is written");
    return conditions.repeat(
        () -> {
          try (Store store = store(client, "/recovery")) {
            long begun = System.nanoTime();
            Recovery recovery = Recovery.from(store, Instant.now());
            int found = recovery.snapshot().state().durable().reservations().size();
            if (found != population.instances() || !recovery.violations().isEmpty()) {
              throw new IllegalStateException(
                  found + " reservations, " + recovery.violations().size() + " violations");
            }
            return (System.nanoTime() - begun) / 1e9;
          }
        });
  }
}
