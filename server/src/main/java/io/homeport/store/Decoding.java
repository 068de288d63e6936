package io.homeport.store;

import io.homeport.state.Change;
import io.homeport.store.RecordFormat.StoredRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/**
 * Decodes records while more of them are read, on whichever processor has time, and hands the
 * changes that lead to them on in order, on the caller's thread.
 */
final class Decoding {
  private static final int TOGETHER = 1_000;

  private final Consumer<Change.Stored> changes;
  private final Deque<CompletableFuture<List<Change.Stored>>> underWay = new ArrayDeque<>();
  private final int processors = Runtime.getRuntime().availableProcessors();

  /** What is known by those that do not decode at this moment; who was the last goes on with it. */
  private final Deque<CommonValues> common = new ConcurrentLinkedDeque<>();

  private List<StoredRecord> records = new ArrayList<>(TOGETHER);

  Decoding(Consumer<Change.Stored> changes) {
    this.changes = changes;
  }

  /**
   * Takes a record.
   *
   * @throws MalformedRecordException when it, or one before, is not understood
   */
  void add(StoredRecord record) {
    records.add(record);
    if (records.size() == TOGETHER) {
      decodeTaken();
    }
  }

  /**
   * Waits until all changes are handed on.
   *
   * @throws MalformedRecordException when a record is not understood
   */
  void end() {
    decodeTaken();
    while (!underWay.isEmpty()) {
      handOn();
    }
  }

  private void decodeTaken() {
    List<StoredRecord> taken = records;
    records = new ArrayList<>(TOGETHER);
    long busy = underWay.stream().filter(part -> !part.isDone()).count();
    underWay.add(
        busy < processors
            ? CompletableFuture.supplyAsync(() -> decoded(taken))
            : CompletableFuture.completedFuture(decoded(taken)));
    while (!underWay.isEmpty() && underWay.getFirst().isDone()) {
      handOn();
    }
  }

  private List<Change.Stored> decoded(List<StoredRecord> records) {
    CommonValues known = Objects.requireNonNullElseGet(common.pollFirst(), CommonValues::new);
    List<Change.Stored> decoded = new ArrayList<>(records.size());
    for (StoredRecord record : records) {
      decoded.add(RecordKind.decode(record.kind(), record.key(), record.body(), known));
    }
    common.addFirst(known);
    return decoded;
  }

  private void handOn() {
    try {
      underWay.removeFirst().join().forEach(changes);
    } catch (CompletionException e) {
      if (e.getCause() instanceof MalformedRecordException malformed) {
        throw malformed;
      }
      throw e;
    }
  }
}
