package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What "Stateful Applications Using Persistent Volumes" tells, done in the web UI by a user. */
class UiStoryIT extends BrowserOnFreshServer {
  private static final String APP =
      """
      {"id": "/sesame/samson", "cmd": "n=0; while :; do n=$((n+1)); echo line $n; date >> data/log; sleep 0.5; done",
       "cpus": 0.1, "mem": 32, "instances": %d,
       "container": {"type": "MESOS", "volumes": [
         {"containerPath": "data", "mode": "RW", "persistent": {"size": 10}}]}}
      """;

  private static final String RUNNING_ROWS =
      """
      wanted => [...document.querySelectorAll('tbody tr')]
        .filter(row => row.innerText.includes('Running')).length === wanted
      """;

  UiStoryIT() {
    super("--local-agents", "2");
  }

  @Test
  void createsAnAppWithAVolumeAfterRefusingWrongPathsAtTheField() {
    ui.open("/");
    ui.sees("No applications yet");
    ui.page()
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Create application"))
        .first()
        .click();
    ui.page()
        .getByLabel("Id", new Page.GetByLabelOptions().setExact(false))
        .first()
        .fill("/sesame/samson");
    ui.page().getByLabel("Command").first().fill("echo at home; while :; do sleep 1; done");
    ui.click("Add volume");
    Locator volume =
        ui.page().getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Volume 1"));
    Locator path = volume.getByLabel("Container path");
    for (String wrong : new String[] {"../../../etc/opt", "/user/data/"}) {
      path.fill(wrong);
      path.blur();
      volume.getByText("A container path is one name without slashes").waitFor();
      ui.click("Review the plan");
      ui.sees("This cannot be applied as it is");
      assertThat(ui.page().getByText("/container/volumes(0)/containerPath").isVisible()).isTrue();
    }
    path.fill("data");
    volume.getByLabel("Size (MiB)").fill("10");
    ui.click("Review the plan");
    ui.sees("Creates /sesame/samson with 1 instance.");
    ui.sees("Creates 1 volume");
    ui.dialogButton("Create").click();
    ui.sees("samson");
    ui.row("local-").getByText("Running").waitFor();
    ui.tab("Volumes");
    ui.row("sesame_samson#data#").getByText("Attached").waitFor();
    assertThat(server.volumes("/sesame/samson")).hasSize(1);
  }

  @Test
  void killsScalesDetachesTakesBackDestroysAndDeletes() {
    server.post("/v2/apps", APP.formatted(2));
    server.awaitRunning("/sesame/samson", 2);
    String kept = volumeOf(1);

    ui.open("/apps/sesame/samson");
    String before = server.running("/sesame/samson").getFirst().path("id").asString();
    Set<String> volumes = volumeIds();
    ui.page().getByLabel("Actions for instance 0").click();
    ui.menu("Kill");
    ui.dialogButton("Kill").click();
    server.await(
        "another task on the same volume",
        java.time.Duration.ofSeconds(60),
        () ->
            server.running("/sesame/samson").size() == 2
                && server.running("/sesame/samson").stream()
                    .noneMatch(task -> task.path("id").asString().equals(before)));
    assertThat(volumeIds()).isEqualTo(volumes);
    ui.page().waitForFunction(RUNNING_ROWS, 2);

    scaleTo(1);
    ui.tab("Volumes");
    ui.row(kept).getByText("Detached").waitFor();
    scaleTo(2);
    ui.row(kept).getByText("Attached").waitFor();
    assertThat(volumeOf(1)).isEqualTo(kept);

    scaleTo(1);
    ui.row(kept).getByText("Detached").waitFor();
    ui.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(kept)).click();
    ui.sees("Path on the agent");
    ui.page()
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("log"))
        .first()
        .waitFor();
    ui.click("Destroy");
    assertThat(ui.dialogButton("Destroy volume").isEnabled()).isFalse();
    ui.dialog().getByRole(AriaRole.TEXTBOX).fill(kept);
    ui.dialogButton("Destroy volume").click();
    server.await(
        "the volume is gone",
        java.time.Duration.ofSeconds(60),
        () -> server.volumes("/sesame/samson").size() == 1);

    ui.open("/apps/sesame/samson?tab=logs");
    readsWhatIsWrittenNow();
    ui.page().getByLabel("More actions").click();
    ui.menu("Delete");
    ui.sees("Destroys 1 volume for good");
    assertThat(ui.dialogButton("Delete app").isEnabled()).isFalse();
    ui.dialog().getByRole(AriaRole.TEXTBOX).fill("/sesame/samson");
    ui.dialogButton("Delete app").click();
    server.await(
        "app and volumes are gone",
        java.time.Duration.ofSeconds(60),
        () ->
            server.get("/v2/apps/sesame/samson").status() == 404
                && server.volumes("/sesame/samson").isEmpty());
  }

  @Test
  void saysThatTheServerIsAwayAndRecoversByItself() {
    server.post("/v2/apps", APP.formatted(1));
    server.awaitRunning("/sesame/samson", 1);
    ui.open("/apps/sesame/samson");
    ui.page().getByText("Live", new Page.GetByTextOptions().setExact(true)).waitFor();
    server.kill9();
    ui.sees("The server does not answer");
    server.start();
    ui.page().getByText("Live", new Page.GetByTextOptions().setExact(true)).waitFor();
    server.awaitRunning("/sesame/samson", 1);
    ui.row("local-").getByText("Running").waitFor();
  }

  @Test
  void saysWhyAnInstanceWhoseAgentIsStoppedWaits() {
    server.post("/v2/apps", APP.formatted(1));
    server.awaitRunning("/sesame/samson", 1);
    String agent = server.running("/sesame/samson").getFirst().path("slaveId").asString();
    ui.open("/agents");
    ui.page().getByLabel("Actions for " + agent).click();
    ui.menu("Stop");
    ui.dialogButton("Stop").click();
    ui.row(agent).getByText("Unreachable").waitFor();
    ui.open("/apps/sesame/samson?tab=why");
    ui.sees("out of reach");
    ui.open("/agents/" + agent);
    ui.click("Bring back");
    ui.dialogButton("Bring back").click();
    server.awaitRunning("/sesame/samson", 1);
  }

  /** The log goes on while one looks at it. */
  private void readsWhatIsWrittenNow() {
    Locator lines = ui.page().locator(".hp-log-line");
    lines.getByText("line ").first().waitFor();
    int seen =
        lines.allInnerTexts().stream()
            .mapToInt(line -> Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1).strip()))
            .max()
            .orElseThrow();
    lines.getByText("line " + (seen + 3), new Locator.GetByTextOptions().setExact(true)).waitFor();
  }

  private Set<String> volumeIds() {
    return server.volumes("/sesame/samson").stream()
        .map(volume -> volume.path("id").asString())
        .collect(Collectors.toSet());
  }

  private void scaleTo(int instances) {
    ui.click("Scale");
    ui.dialog()
        .getByLabel("Instances", new Locator.GetByLabelOptions().setExact(true))
        .fill("" + instances);
    ui.sees("Scales /sesame/samson from");
    ui.dialogButton("Scale").click();
    ui.dialog()
        .waitFor(
            new Locator.WaitForOptions()
                .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN));
    server.awaitRunning("/sesame/samson", instances);
  }

  private String volumeOf(int ordinal) {
    return server.volumes("/sesame/samson").stream()
        .filter(volume -> volume.path("ordinal").asInt() == ordinal)
        .findFirst()
        .orElseThrow()
        .path("id")
        .asString();
  }
}
