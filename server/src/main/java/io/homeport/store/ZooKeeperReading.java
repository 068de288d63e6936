package io.homeport.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

/** Reads all records. Requests are pipelined, so that the way to the servers costs little. */
final class ZooKeeperReading {
  private static final int MOST_UNDER_WAY = 1_000;

  private final CuratorFramework client;
  private final ZooKeeperLayout layout;
  private final Semaphore room = new Semaphore(MOST_UNDER_WAY);

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

  /** Reads everything, by kind and key, and says which buckets there are. */
  List<String> run(Sink records) throws Exception {
    List<String> buckets = new ArrayList<>();
    List<RecordKind> kinds =
        Stream.of(RecordKind.values()).sorted(Comparator.comparing(RecordKind::word)).toList();
    for (RecordKind kind : kinds) {
      SortedMap<String, CompletableFuture<byte[]>> bodies = new TreeMap<>();
      Map<String, CompletableFuture<List<String>>> listings = new TreeMap<>();
      for (String bucket : client.getChildren().forPath(layout.kind(kind))) {
        String path = layout.kind(kind) + "/" + bucket;
        buckets.add(path);
        listings.put(path, children(path));
      }
      for (Map.Entry<String, CompletableFuture<List<String>>> listing : listings.entrySet()) {
        for (String name : result(listing.getValue())) {
          bodies.put(ZooKeeperLayout.key(name), body(listing.getKey() + "/" + name));
        }
      }
      for (Map.Entry<String, CompletableFuture<byte[]>> each : bodies.entrySet()) {
        records.accept(kind, each.getKey(), ZooKeeperLayout.unpack(result(each.getValue())));
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

  private CompletableFuture<byte[]> body(String path) throws Exception {
    CompletableFuture<byte[]> body = new CompletableFuture<>();
    room.acquire();
    client.getData().inBackground(completing(body, path, CuratorEvent::getData)).forPath(path);
    return body;
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
