package io.homeport.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.BackgroundCallback;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;

/**
 * Reads all records. Requests are pipelined, so that the way to the servers costs little, and many
 * small records are asked for at once, since most of what a read costs is the request.
 */
final class ZooKeeperReading {
  private static final int MOST_UNDER_WAY = 1_000;

  /**
   * How many records are asked for at once. An answer has to stay below what a client takes, 1 MiB
   * ({@code jute.maxbuffer}, ZooKeeper Administrator's Guide).
   */
  private static final int AT_ONCE = 40;

  /** Of these there are many, and each is small; a definition may be as large as a message. */
  private static final Set<RecordKind> SMALL =
      EnumSet.of(RecordKind.INSTANCE, RecordKind.RESERVATION);

  private final CuratorFramework client;
  private final ZooKeeperLayout layout;
  private final Semaphore room = new Semaphore(MOST_UNDER_WAY);

  /** ZooKeeper before 3.6 does not know how to answer several at once. */
  private volatile boolean oneByOne;

  ZooKeeperReading(CuratorFramework client, ZooKeeperLayout layout) {
    this.client = client;
    this.layout = layout;
  }

  /** Takes a record. */
  @FunctionalInterface
  interface Sink {
    /** Takes a record that is stored. */
    void accept(RecordKind kind, String key, String body);
  }

  /** A node that is asked for. */
  private record Asked(String path, CompletableFuture<byte[]> body) {}

  /** Reads everything, by kind and key, and says which buckets there are. */
  List<String> run(Sink records) throws Exception {
    List<String> buckets = new ArrayList<>();
    List<RecordKind> kinds =
        Stream.of(RecordKind.values()).sorted(Comparator.comparing(RecordKind::word)).toList();
    for (RecordKind kind : kinds) {
      Map<String, CompletableFuture<List<String>>> listings = new TreeMap<>();
      for (String bucket : client.getChildren().forPath(layout.kind(kind))) {
        String path = layout.kind(kind) + "/" + bucket;
        buckets.add(path);
        listings.put(path, children(path));
      }
      SortedMap<String, Asked> nodes = new TreeMap<>();
      for (Map.Entry<String, CompletableFuture<List<String>>> listing : listings.entrySet()) {
        for (String name : result(listing.getValue())) {
          String path = listing.getKey() + "/" + name;
          nodes.put(ZooKeeperLayout.key(name), new Asked(path, new CompletableFuture<>()));
        }
      }
      ask(kind, List.copyOf(nodes.values()));
      for (Map.Entry<String, Asked> node : nodes.entrySet()) {
        byte[] body = result(node.getValue().body());
        records.accept(kind, node.getKey(), ZooKeeperLayout.unpack(body));
      }
    }
    return buckets;
  }

  private CompletableFuture<List<String>> children(String path) throws Exception {
    CompletableFuture<List<String>> children = new CompletableFuture<>();
    room.acquire();
    client
        .getChildren()
        .inBackground(completing(children, path, CuratorEvent::getChildren))
        .forPath(path);
    return children;
  }

  private void ask(RecordKind kind, List<Asked> nodes) throws Exception {
    int next = 0;
    while (next < nodes.size()) {
      int end = Math.min(nodes.size(), next + (SMALL.contains(kind) && !oneByOne ? AT_ONCE : 1));
      List<Asked> some = nodes.subList(next, end);
      room.acquire(some.size());
      if (some.size() == 1) {
        alone(some.getFirst());
      } else {
        atOnce(some);
      }
      next = end;
    }
  }

  /** Asks for several; each by itself when that fails, for Curator knows how to ask again. */
  private void atOnce(List<Asked> nodes) {
    List<Op> reads = nodes.stream().map(node -> Op.getData(node.path())).toList();
    try {
      client
          .getZookeeperClient()
          .getZooKeeper()
          .multi(reads, (code, _, _, results) -> answered(nodes, code, results), null);
    } catch (Exception e) { // what Curator declares, when the connection is gone for long
      oneByOne(nodes);
    }
  }

  private void answered(List<Asked> nodes, int code, List<OpResult> results) {
    if (code != KeeperException.Code.OK.intValue()) {
      oneByOne(nodes);
      return;
    }
    room.release(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      OpResult.GetDataResult found = (OpResult.GetDataResult) results.get(i);
      nodes.get(i).body().complete(found.getData());
    }
  }

  private void oneByOne(List<Asked> nodes) {
    oneByOne = true;
    nodes.forEach(this::alone);
  }

  private void alone(Asked node) {
    try {
      client
          .getData()
          .inBackground(completing(node.body(), node.path(), CuratorEvent::getData))
          .forPath(node.path());
    } catch (Exception e) { // what Curator declares
      room.release();
      node.body().completeExceptionally(e);
    }
  }

  private <T> BackgroundCallback completing(
      CompletableFuture<T> future, String path, Function<CuratorEvent, T> result) {
    return (_, event) -> {
      room.release();
      if (event.getResultCode() == KeeperException.Code.OK.intValue()) {
        future.complete(result.apply(event));
      } else {
        future.completeExceptionally(
            KeeperException.create(KeeperException.Code.get(event.getResultCode()), path));
      }
    };
  }

  private static <T> T result(CompletableFuture<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KeeperException known) {
        throw known;
      }
      throw e;
    }
  }
}
