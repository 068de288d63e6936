package io.homeport.benchmark.server;

import io.homeport.model.AppId;
import io.homeport.runtime.Store;
import io.homeport.runtime.StoreException;
import io.homeport.state.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A store that remembers for how long was committed to it, and if wanted what, batch by batch. */
final class RecordingStore implements Store {
  private final Store store;
  private final boolean keepsBatches;
  private final List<List<Change.Stored>> batches = new ArrayList<>();
  private final Map<AppId, Long> lastOf = new HashMap<>();
  private long nanos;

  private RecordingStore(Store store, boolean keepsBatches) {
    this.store = store;
    this.keepsBatches = keepsBatches;
  }

  /** One that keeps the batches too, which takes memory as long as it goes on. */
  static RecordingStore ofBatches(Store store) {
    return new RecordingStore(store, true);
  }

  /** One that only keeps how long the commits took. */
  static RecordingStore ofTimes(Store store) {
    return new RecordingStore(store, false);
  }

  /** The batches, once nothing is committed any more. */
  synchronized List<List<Change.Stored>> batches() {
    return List.copyOf(batches);
  }

  /** How long the commits took together. */
  synchronized double seconds() {
    return nanos / 1e9;
  }

  @Override
  public CompletableFuture<Outcome> begin(long expected, List<Change.Stored> changes) {
    long begun = System.nanoTime();
    return store
        .begin(expected, changes)
        .whenComplete((_, _) -> record(changes, System.nanoTime() - begun));
  }

  @Override
  public Outcome commit(long expected, List<Change.Stored> changes) {
    long begun = System.nanoTime();
    try {
      return store.commit(expected, changes);
    } finally {
      record(changes, System.nanoTime() - begun);
    }
  }

  private synchronized void record(List<Change.Stored> changes, long took) {
    if (keepsBatches) {
      batches.add(changes);
    }
    nanos += took;
    for (Change.Stored change : changes) {
      if (change instanceof Change.AppPut put) {
        lastOf.put(put.definition().id(), took);
      }
    }
  }

  /** How long the last commit took that put an app; 0 when there was none. */
  synchronized long lastCommitNanos(AppId app) {
    return lastOf.getOrDefault(app, 0L);
  }

  @Override
  public long load(Consumer<Change.Stored> changes) throws StoreException {
    return store.load(changes);
  }

  @Override
  public Optional<String> tooLarge(List<Change.Stored> changes) {
    return store.tooLarge(changes);
  }

  @Override
  public Limits limits() {
    return store.limits();
  }

  @Override
  public String description() {
    return store.description();
  }

  @Override
  public void close() {
    store.close();
  }
}
