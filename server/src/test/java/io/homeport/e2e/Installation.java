package io.homeport.e2e;

import io.homeport.mesos.testing.TestMesos;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Three servers, three nodes of ZooKeeper, and a Mesos. */
final class Installation implements AutoCloseable {
  private static final int SERVERS = 3;

  private final ZooKeeperNodes zooKeeper = ZooKeeperNodes.start();
  private final TestMesos mesos;
  private final List<ServerProcess> servers = new ArrayList<>();
  private final List<List<CuttableLink>> links = new ArrayList<>();

  private Installation(TestMesos mesos) {
    this.mesos = mesos;
  }

  /** Starts everything, and waits until one server leads. */
  static Installation start(Path dir, String... flags) {
    try {
      Installation all = new Installation(TestMesos.start(dir.resolve("mesos"), 3));
      for (int number = 0; number < SERVERS; number++) {
        all.add(dir.resolve("server" + number), flags);
      }
      all.servers.forEach(ServerProcess::launch);
      all.servers.forEach(ServerProcess::awaitServing);
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(Path dataDir, String... flags) {
    List<CuttableLink> toZooKeeper = zooKeeper.ports().stream().map(CuttableLink::new).toList();
    links.add(toZooKeeper);
    String hosts = toZooKeeper.stream().map(CuttableLink::address).collect(Collectors.joining(","));
    List<String> all = new ArrayList<>(List.of(flags));
    all.addAll(List.of("--engine", "mesos", "--mesos-master", mesos.address()));
    all.addAll(List.of("--zk", "zk://" + hosts + "/homeport"));
    servers.add(ServerProcess.prepare(dataDir, all.toArray(String[]::new)));
  }

  ZooKeeperNodes zooKeeper() {
    return zooKeeper;
  }

  TestMesos mesos() {
    return mesos;
  }

  List<ServerProcess> servers() {
    return servers;
  }

  /** Cuts a server from ZooKeeper. */
  void cut(ServerProcess server) {
    links.get(servers.indexOf(server)).forEach(CuttableLink::cut);
  }

  void mend(ServerProcess server) {
    links.get(servers.indexOf(server)).forEach(CuttableLink::mend);
  }

  /** The server that leads, as one of them says. */
  Optional<ServerProcess> leader(ServerProcess asked) {
    String name = asked.get("/v2/leader").body().path("leader").asString("");
    return servers.stream().filter(server -> name.endsWith(":" + server.port())).findFirst();
  }

  /** The server that leads, once all agree. */
  ServerProcess leader() {
    ServerProcess first = servers.getFirst();
    first.await(
        "all know the same leader",
        Duration.ofSeconds(60),
        () ->
            leader(first).isPresent()
                && servers.stream().map(this::leader).distinct().count() == 1);
    return leader(first).orElseThrow();
  }

  /** Starts what has ended, as systemd does. */
  void restartEnded() {
    for (ServerProcess server : servers) {
      if (!server.isAlive()) {
        server.launch();
      }
    }
    servers.forEach(ServerProcess::awaitServing);
  }

  /** Deletes all apps, and ends everything. */
  @Override
  public void close() throws IOException {
    try {
      servers.getFirst().close();
    } finally {
      servers.forEach(ServerProcess::terminate);
      mesos.close();
      links.forEach(toZooKeeper -> toZooKeeper.forEach(CuttableLink::close));
      zooKeeper.close();
    }
  }
}
