package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The web UI where there is nothing to show yet, no server behind it, or nobody logged in: without
 * serious violations of accessibility, in light and dark.
 */
class UiStatesIT {
  @TempDir Path directory;
  private final List<String> violations = new ArrayList<>();

  @Test
  void emptyPagesSayWhatWillBeThere() throws IOException {
    try (ServerProcess server = ServerProcess.start(directory.resolve("homeport"));
        UiBrowser ui = new UiBrowser(server, 1280, 800)) {
      look(ui, "empty", "/", one -> one.sees("No applications yet"));
      look(ui, "empty-volumes", "/volumes", one -> one.sees("No volumes"));
      look(ui, "empty-deployments", "/deployments", one -> one.sees("No deployment is under way"));
    }
    assertThat(violations).isEmpty();
  }

  @Test
  void aPageWithoutItsServerSaysSoAndKeepsWhatItKnows() throws IOException {
    try (ServerProcess server = ServerProcess.start(directory.resolve("homeport"));
        UiBrowser ui = new UiBrowser(server, 1280, 800)) {
      server.post(
          "/v2/apps",
          "{\"id\": \"/shop/web\", \"cmd\": \"sleep 1000\", \"cpus\": 0.1, \"mem\": 16}");
      server.awaitRunning("/shop/web", 1);
      for (String theme : List.of("light", "dark")) {
        use(ui, theme);
        UiShown.show(ui, "/apps/shop/web");
        ui.page().getByText("Live", new Page.GetByTextOptions().setExact(true)).waitFor();
        ui.row("local-").getByText("Running").waitFor();
        server.kill9();
        ui.sees("The server does not answer since");
        ui.page().locator(".hp-connection").getByText("Disconnected").waitFor();
        ui.row("local-").getByText("Running").waitFor();
        violations.addAll(UiShown.violations(ui, theme + " disconnected"));
        UiShown.picture(ui, "disconnected-" + theme);
        server.start();
        ui.page().getByText("Live", new Page.GetByTextOptions().setExact(true)).waitFor();
        assertThat(ui.page().getByText("The server does not answer since").isVisible()).isFalse();
      }
      assertThat(ui.faults()).isEmpty();
    }
    assertThat(violations).isEmpty();
  }

  @Test
  void theLoginPageAsksForWhatTheServerKnows() throws IOException {
    Path credentials =
        Files.writeString(directory.resolve("credentials"), "basic ann a long pass\n");
    Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-------"));
    try (ServerProcess server =
            ServerProcess.startProtected(
                directory.resolve("homeport"), "--credentials", credentials.toString());
        UiBrowser ui = new UiBrowser(server, 1280, 800)) {
      look(ui, "login", "/", one -> one.page().locator("#login-password").waitFor());
    }
    assertThat(violations).isEmpty();
  }

  private void look(UiBrowser ui, String name, String path, Consumer<UiBrowser> shown)
      throws IOException {
    for (String theme : List.of("light", "dark")) {
      use(ui, theme);
      UiShown.show(ui, path);
      shown.accept(ui);
      violations.addAll(UiShown.violations(ui, theme + " " + name));
      UiShown.picture(ui, name + "-" + theme);
    }
    assertThat(ui.faults()).isEmpty();
  }

  private static void use(UiBrowser ui, String theme) {
    ui.open("/");
    ui.page().evaluate("theme => localStorage.setItem('homeport-theme', theme)", theme);
  }
}
