package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the web UI each of which has a server and a browser to itself. */
abstract class BrowserOnFreshServer {
  private final String[] flags;

  @TempDir Path directory;
  ServerProcess server;
  UiBrowser ui;

  /**
   * The tests.
   *
   * @param flags of the server
   */
  BrowserOnFreshServer(String... flags) {
    this.flags = flags.clone();
  }

  @BeforeEach
  void start() {
    server = ServerProcess.start(directory.resolve("homeport"), flags);
    ui = new UiBrowser(server);
  }

  /** No script of the page may have thrown what nobody caught. */
  @AfterEach
  void stop() {
    assertThat(ui.faults()).isEmpty();
    ui.close();
    server.close();
  }
}
