package io.homeport;

import io.homeport.api.ApiServer;
import io.homeport.runtime.Election;
import io.homeport.runtime.ExitCode;
import io.homeport.runtime.SteppedDownException;
import io.homeport.runtime.Store;
import io.homeport.runtime.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's part in the election: it takes over when it is elected, and becomes a standby again
 * when another leads. Only where it is not known what it wrote last does the process end.
 */
final class Candidacy implements Election.Candidate, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Candidacy.class);

  /** So long a server that could not take over leaves it to the others. */
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

  private final Election election;
  private final ApiServer api;
  private final StoreSource stores;
  private final Tenure.Surroundings around;
  private Optional<Tenure> tenure = Optional.empty();
  private boolean closed;

  /** Opens the store. */
  @FunctionalInterface
  interface StoreSource {
    /**
     * Opens it.
     *
     * @throws StoreException when it cannot be used
     */
    Store open() throws StoreException;
  }

  /**
   * A candidacy.
   *
   * @param election where it stands
   * @param api what leads and stands by with it
   * @param stores opens the store
   * @param around what its tenures stand in; a step down in favour of another server does not come
   *     there
   */
  Candidacy(Election election, ApiServer api, StoreSource stores, Tenure.Surroundings around) {
    this.election = election;
    this.api = api;
    this.stores = stores;
    this.around = around.withStepDown(why -> steppedDown(why, around.onStepDown()));
  }

  // Told on the loop's thread, which the end of the tenure waits for.
  private void steppedDown(SteppedDownException why, Consumer<SteppedDownException> end) {
    if (why.exitCode() == ExitCode.SUPERSEDED) {
      election.resign(String.valueOf(why.getMessage()), Duration.ZERO);
    } else {
      end.accept(why);
    }
  }

  @Override
  public synchronized void elected() {
    if (closed) {
      return;
    }
    long begun = System.nanoTime();
    LOG.info("This server is elected, and reads the state.");
    try {
      Tenure begins = Tenure.begin(around, stores.open());
      tenure = Optional.of(begins);
      api.lead(begins.backend());
      LOG.info(
          "This server leads since commit {}, {} ms after it was elected.",
          begins.sequence(),
          Duration.ofNanos(System.nanoTime() - begun).toMillis());
    } catch (StoreException | IOException | RuntimeException e) {
      LOG.error(
          "This server was elected and cannot take over; it leaves it to the others for {} s. {}",
          AFTER_FAILURE.toSeconds(),
          e.getMessage(),
          e);
      election.resign("it cannot take over", AFTER_FAILURE);
    }
  }

  @Override
  public synchronized void deposed(String why) {
    if (tenure.isPresent()) {
      LOG.warn("This server leads no more: {}. It stands by.", why);
    }
    letGo();
  }

  private void letGo() {
    api.standBy();
    tenure.ifPresent(Tenure::close);
    tenure = Optional.empty();
  }

  /** Whether this server leads. */
  synchronized boolean leads() {
    return tenure.isPresent();
  }

  /** Lets go for good; another may lead at once. */
  @Override
  public synchronized void close() {
    closed = true;
    letGo();
  }
}
