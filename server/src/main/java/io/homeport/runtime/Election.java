package io.homeport.runtime;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The port to leader election: of several servers with one store, which one leads. It decides who
 * tries; that no two write is what the {@link Store} sees to.
 */
public interface Election extends AutoCloseable {
  /** A server that stands for election. It is told one thing at a time. */
  interface Candidate {
    /** It has been elected: it may take over. Returns once it leads, or cannot. */
    void elected();

    /**
     * It was elected, and leads no more. Returns once it has let go.
     *
     * @param why for people
     */
    void deposed(String why);
  }

  /**
   * Stands for election from now on, and again whenever it was deposed.
   *
   * @param address where the other servers reach this one
   * @param candidate told of the outcomes, on a thread of the election's
   */
  void stand(URI address, Candidate candidate);

  /** Where the others reach this server; absent before it stands. */
  Optional<URI> address();

  /** Who leads, or is about to, as far as this server knows; never waits. */
  Optional<URI> leader();

  /** All servers that stand, the leading one first, as far as this server knows; never waits. */
  List<URI> servers();

  /**
   * Gives the leadership up, if there is one to give, and stands behind all others. Returns at
   * once.
   *
   * @param why for people
   * @param pause how long not to stand
   */
  void resign(String why, Duration pause);

  /** Where the election takes place, for people; without secrets. */
  String description();

  /** Stands no more. Who was elected must have let go before. */
  @Override
  void close();
}
