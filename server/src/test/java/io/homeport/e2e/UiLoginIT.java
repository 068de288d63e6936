package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging in to the web UI with a password or a token, out again, and when a session is over. */
class UiLoginIT {
  @TempDir Path directory;

  private ServerProcess start(String credentials) throws Exception {
    Path file = Files.writeString(directory.resolve("credentials"), credentials);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return ServerProcess.startProtected(
        directory.resolve("homeport"), "--credentials", file.toString());
  }

  @Test
  void logsInWithAPasswordOutAndInAgainWhenTheSessionIsOver() throws Exception {
    try (ServerProcess server = start("basic ann correct horse battery\n");
        UiBrowser ui = new UiBrowser(server)) {
      ui.open("/agents?view=all");
      logIn(ui, "ann", "wrong horse battery");
      ui.sees("User or password is wrong.");
      logIn(ui, "ann", "correct horse battery");
      ui.row("local-1").waitFor();
      assertThat(ui.page().url()).endsWith("/ui/agents?view=all");

      ui.click("Log out");
      ui.page().locator("#login-password").waitFor();
      assertThat(ui.page().getByText("Your session is over").isVisible()).isFalse();
      ui.open("/agents");
      logIn(ui, "ann", "correct horse battery");
      ui.row("local-1").waitFor();

      // Sessions are kept in memory, so a restart ends them all.
      server.kill9();
      server.start();
      ui.sees("Your session is over. Log in again.");
      logIn(ui, "ann", "correct horse battery");
      ui.row("local-1").waitFor();
      assertThat(ui.page().url()).endsWith("/ui/agents");
      assertThat(ui.faults()).isEmpty();
    }
  }

  private static void logIn(UiBrowser ui, String user, String password) {
    ui.page().getByLabel("User").fill(user);
    ui.page().locator("#login-password").fill(password);
    ui.click("Log in");
  }

  @Test
  void logsInWithTheTokenOfTheTokenFileWhichIsInNoAddress() throws Exception {
    try (ServerProcess server = start("bearer backup 3rT0ymQn2x\n");
        UiBrowser ui = new UiBrowser(server)) {
      List<String> addresses = new ArrayList<>();
      ui.page().onRequest(request -> addresses.add(request.url()));
      String token = Files.readString(server.dataDir().resolve("token")).strip();
      ui.open("/");
      assertThat(ui.page().getByLabel("User").isVisible()).isFalse();
      ui.page().locator("#login-token").fill("not the token");
      ui.page().keyboard().press("Enter");
      ui.sees("The server does not know this token.");
      ui.page().locator("#login-token").fill(token);
      ui.page().keyboard().press("Enter");
      ui.sees("No applications yet");
      ui.page().getByText("Live", new Page.GetByTextOptions().setExact(true)).waitFor();
      assertThat(addresses).isNotEmpty().noneMatch(address -> address.contains(token));
      assertThat(ui.page().evaluate("() => document.cookie")).isEqualTo("");
      assertThat(ui.faults()).isEmpty();
    }
  }
}
