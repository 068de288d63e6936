package io.homeport.runtime;

import io.homeport.state.Change;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The port to durable storage. Each commit checks and increments one sequence number, so that none
 * can land after one whose outcome is unknown.
 */
public interface Store extends AutoCloseable {
  /**
   * Reads all that is stored, as changes that lead from the empty state to it.
   *
   * @param changes gets each change
   * @return the sequence number of the last commit; 0 for a fresh store
   * @throws StoreException when it cannot be read, or was written by a newer version
   */
  long load(Consumer<Change.Stored> changes) throws StoreException;

  /**
   * Writes changes, all or none, and returns once they are safe on disk.
   *
   * @param expected the sequence number of the last commit
   * @param changes what to write; not empty
   * @return what became of it
   */
  Outcome commit(long expected, List<Change.Stored> changes);

  /**
   * Puts another content in the place of what is stored, for a restore. Nobody else may use the
   * store meanwhile.
   *
   * @param expected the sequence number of the last commit
   * @param changes what leads from the present content to the other one
   * @throws StoreException when it could not be done; the message says what holds now
   */
  default void replace(long expected, List<Change.Stored> changes) throws StoreException {
    Outcome outcome = commit(expected, changes);
    if (!(outcome instanceof Outcome.Committed)) {
      throw new StoreException("The state was not restored: " + outcome);
    }
  }

  /**
   * Begins a commit, which goes on by itself where the store can do that. Nothing else may be asked
   * of the store until it has ended.
   *
   * @param expected the sequence number of the last commit
   * @param changes what to write; not empty
   * @return what became of it; a failure means that it is not known
   */
  default CompletableFuture<Outcome> begin(long expected, List<Change.Stored> changes) {
    return CompletableFuture.completedFuture(commit(expected, changes));
  }

  /**
   * Whether changes that belong together are more than one commit can take.
   *
   * @param changes what a decision wants stored
   * @return the limit and what to do, for people; absent when they fit
   */
  default Optional<String> tooLarge(List<Change.Stored> changes) {
    return Optional.empty();
  }

  /**
   * Why nothing may be sent that no commit explains: somebody else has taken the store over, or
   * whether so cannot be found out. Where several servers use a store, this asks it.
   *
   * @return for people; absent while it is ours
   */
  default Optional<String> takenOver() {
    return Optional.empty();
  }

  /** When a commit is large enough, so that nothing more joins it. */
  default Limits limits() {
    return Limits.USUAL;
  }

  /**
   * When a commit is large enough. Decisions are not divided, so that commits get larger by one
   * decision at most.
   *
   * @param changes so many changes
   * @param bytes about so many bytes
   */
  record Limits(int changes, long bytes) {
    /** What any disk takes at once. */
    public static final Limits USUAL = new Limits(10_000, 4L << 20);
  }

  /** Where and what it is, for people. */
  String description();

  /** Lets go of it. */
  @Override
  void close();

  /** What became of a commit. */
  sealed interface Outcome {
    /**
     * It is safe.
     *
     * @param sequence its sequence number, one above the expected one
     */
    record Committed(long sequence) implements Outcome {}

    /**
     * Nothing was written, because the sequence number is another: somebody else leads now.
     *
     * @param why for people
     */
    record Refused(String why) implements Outcome {}

    /**
     * Nothing was written, because there is no room.
     *
     * @param why for people
     */
    record Full(String why) implements Outcome {}

    /**
     * It may or may not have been written. Whoever gets this must stop and read the truth.
     *
     * @param why for people
     */
    record Unknown(String why) implements Outcome {}
  }
}
