package io.homeport.api;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that are being handed on. A leader that was stopped in the middle of one never ends it,
 * so those of a server that leads no more are cut off after a while.
 */
final class Transfers {
  private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final Supplier<Optional<URI>> leader;
  private final Set<Transfer> open = ConcurrentHashMap.newKeySet();
  private final Thread watch = Thread.ofVirtual().name("proxied-transfers").start(this::watch);

  Transfers(Supplier<Optional<URI>> leader) {
    this.leader = leader;
  }

  /** One of them; closed by whoever hands it on. */
  final class Transfer implements AutoCloseable {
    private final URI from;
    private final Closeable source;
    private boolean stale;

    private Transfer(URI from, Closeable source) {
      this.from = from;
      this.source = source;
    }

    @Override
    public void close() {
      open.remove(this);
    }
  }

  /** Begins one. */
  Transfer begin(URI from, Closeable source) {
    Transfer transfer = new Transfer(from, source);
    open.add(transfer);
    return transfer;
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(LOOK);
        Optional<URI> now = leader.get();
        open.forEach(transfer -> look(transfer, now));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** What was stale at the last look already has had time to end by itself. */
  private static void look(Transfer transfer, Optional<URI> leader) {
    boolean stale = leader.isPresent() && !leader.get().equals(transfer.from);
    if (stale && transfer.stale) {
      try {
        transfer.source.close();
      } catch (IOException e) {
        LOG.debug("An answer of {} could not be cut off.", transfer.from, e);
      }
    }
    transfer.stale = stale;
  }

  void close() {
    watch.interrupt();
  }
}
