package io.homeport.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for servers that tests start and start again. They lie below those that the kernel gives to
 * outgoing connections (32768 and up on Linux) and below those that agents offer to tasks (31000 to
 * 32000): a port found by listening on port 0 is one of the former, and any connection may take it
 * while its server is not there.
 */
public final class ServerPorts {
  private static final int FIRST = 12_000;
  private static final int COUNT = 18_000;

  /** Where this process goes on; several processes rarely meet as each begins somewhere else. */
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private ServerPorts() {}

  /** A port that nothing listens on; never the same twice in one process. */
  public static int next() {
    for (int tries = 0; tries < COUNT; tries++) {
      int port = FIRST + NEXT.getAndIncrement() % COUNT;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "no free port from " + FIRST + " to " + (FIRST + COUNT - 1) + " on this machine");
  }

  private static boolean isFree(int port) {
    try (ServerSocket listening = new ServerSocket(port)) {
      return listening.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
