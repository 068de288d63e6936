package io.homeport.simulation.defects;

import io.homeport.runtime.Store;
import io.homeport.runtime.StoreException;
import io.homeport.simulation.server.Disk;
import io.homeport.state.Change;
import java.util.List;
import java.util.function.Consumer;

/** Defects in what is stored, and in how it is read. */
final class StoreDefects {
  private StoreDefects() {}

  /** A store like another one. */
  private static class Altered implements Store {
    private final Store store;

    Altered(Store store) {
      this.store = store;
    }

    @Override
    public long load(Consumer<Change.Stored> changes) throws StoreException {
      return store.load(changes);
    }

    @Override
    public Outcome commit(long expected, List<Change.Stored> changes) {
      return store.commit(expected, changes);
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

  /**
   * Whatever became of a commit, it is taken for done (Marathon: launching although a save failed).
   */
  static Store believesAll(Store store) {
    return new Altered(store) {
      @Override
      public Outcome commit(long expected, List<Change.Stored> changes) {
        return switch (super.commit(expected, changes)) {
          case Outcome.Committed committed -> committed;
          case Outcome.Refused _, Outcome.Full _, Outcome.Unknown _ ->
              new Outcome.Committed(expected + 1);
        };
      }
    };
  }

  /** Whoever believes to lead may write. */
  static Store checksNoSequence(Store store) {
    return new Altered(store) {
      @Override
      public Outcome commit(long expected, List<Change.Stored> changes) {
        try {
          return super.commit(super.load(change -> {}), changes);
        } catch (StoreException e) {
          return new Outcome.Unknown(String.valueOf(e));
        }
      }
    };
  }

  /** Volumes are not read back (Marathon #5165). */
  static Store losesVolumes(Store store) {
    return new Altered(store) {
      @Override
      public long load(Consumer<Change.Stored> changes) throws StoreException {
        return super.load(change -> changes.accept(withoutVolumes(change)));
      }
    };
  }

  private static Change.Stored withoutVolumes(Change.Stored change) {
    return change instanceof Change.ReservationPut put
        ? new Change.ReservationPut(put.reservation().withVolumes(List.of()))
        : change;
  }

  /** What is written is not synced. */
  static Disk neverSyncs(Disk disk) {
    return new Disk() {
      @Override
      public void write(List<Change.Stored> changes) {
        disk.write(changes);
      }

      @Override
      public void sync() {}
    };
  }
}
