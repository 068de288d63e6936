package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What "Stateful Applications Using Persistent Volumes" tells, done in the web UI without a mouse:
 * nothing is clicked, and nothing gets the focus but by keys.
 */
class UiKeyboardIT extends BrowserOnFreshServer {
  private static final String APP = "/sesame/samson";

  @Test
  void theWholeStoryGoesByKeysAlone() {
    ui.open("/");
    ui.sees("No applications yet");
    press("c");
    create();
    String kept = volume();
    killAndComeHome(kept);
    scaleDownAndUp(kept);
    destroyDetached(kept);
    readLogs();
    deleteApp();
  }

  /** Wrong paths are told at the field; the plan is read; then it runs with its volume. */
  private void create() {
    ui.type(ui.page().getByLabel("Id").first(), APP);
    ui.type(
        ui.page().getByLabel("Command").first(),
        "n=0; while :; do n=$((n+1)); echo line $n | tee -a data/log; sleep 0.2; done");
    ui.enter(ui.button("Add volume"));
    Locator volume =
        ui.page().getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Volume 1"));
    ui.type(volume.getByLabel("Size (MiB)"), "10");
    ui.type(volume.getByLabel("Container path"), "../../../etc/opt");
    press("Tab");
    volume.getByText("A container path is one name without slashes").waitFor();
    ui.enter(ui.button("Review the plan"));
    ui.sees("This cannot be applied as it is");
    ui.type(volume.getByLabel("Container path"), "data");
    ui.enter(ui.button("Review the plan"));
    ui.sees("Creates " + APP + " with 1 instance.");
    ui.enter(ui.dialogButton("Create"));
    ui.row("local-").getByText("Running").waitFor();
    goToTab("Volumes");
    ui.row("sesame_samson#data#").getByText("Attached").waitFor();
  }

  private void killAndComeHome(String kept) {
    String before = server.running(APP).getFirst().path("id").asString();
    goToTab("Instances");
    ui.enter(ui.page().getByLabel("Actions for instance 0"));
    ui.menuByKeys("Kill");
    ui.enter(ui.dialogButton("Kill"));
    server.await(
        "another task on the same volume",
        Duration.ofSeconds(60),
        () ->
            server.running(APP).stream()
                .anyMatch(task -> !task.path("id").asString().equals(before)));
    goToTab("Volumes");
    ui.row(kept).getByText("Attached").waitFor();
    assertThat(volume()).isEqualTo(kept);
  }

  private void scaleDownAndUp(String kept) {
    scaleTo(0);
    ui.row(kept).getByText("Detached").waitFor();
    scaleTo(1);
    ui.row(kept).getByText("Attached").waitFor();
    assertThat(volume()).isEqualTo(kept);
  }

  private void destroyDetached(String kept) {
    scaleTo(0);
    ui.row(kept).getByText("Detached").waitFor();
    ui.enter(ui.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(kept)));
    ui.sees("Path on the agent");
    ui.enter(ui.button("Destroy"));
    ui.type(ui.dialog().getByRole(AriaRole.TEXTBOX), kept);
    ui.enter(ui.dialogButton("Destroy volume"));
    server.await("the volume is gone", Duration.ofSeconds(60), () -> server.volumes(APP).isEmpty());
  }

  private void readLogs() {
    // The page of a destroyed volume has nothing on it any more that leads to its app.
    ui.sees("is not here");
    press("g");
    press("a");
    ui.page().waitForURL("**/ui/");
    ui.enter(link("sesame"));
    ui.page().waitForURL("**folder=**");
    ui.enter(link("samson"));
    scaleTo(1);
    goToTab("Logs");
    ui.page().locator(".hp-log-line").getByText("line ").first().waitFor();
    ui.page().getByText("Following", new Page.GetByTextOptions().setExact(true)).waitFor();
    ui.type(ui.page().getByLabel("Search stdout"), "line 1");
    press("Enter");
    ui.page().locator(".hp-log-line mark").first().waitFor();
    assertThat(ui.page().getByLabel("Follow").isChecked()).isFalse();
  }

  /** A link in the list of applications. */
  private Locator link(String name) {
    return ui.page().locator("tbody").getByRole(AriaRole.LINK, named(name));
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }

  private void deleteApp() {
    ui.enter(ui.page().getByLabel("More actions"));
    ui.menuByKeys("Delete");
    ui.sees("Destroys 1 volume for good");
    assertThat(ui.dialogButton("Delete app").isEnabled()).isFalse();
    ui.type(ui.dialog().getByRole(AriaRole.TEXTBOX), APP);
    ui.enter(ui.dialogButton("Delete app"));
    server.await(
        "app and volumes are gone",
        Duration.ofSeconds(60),
        () -> server.get("/v2/apps" + APP).status() == 404 && server.volumes(APP).isEmpty());
    ui.sees("No applications yet");
  }

  private void scaleTo(int instances) {
    ui.enter(ui.button("Scale"));
    ui.type(
        ui.dialog().getByLabel("Instances", new Locator.GetByLabelOptions().setExact(true)),
        Integer.toString(instances));
    ui.dialog().getByRole(AriaRole.REGION, named("Plan")).waitFor();
    ui.enter(ui.dialogButton("Scale"));
    ui.dialog().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    server.awaitRunning(APP, instances);
  }

  private void goToTab(String name) {
    ui.enter(ui.page().getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name)));
  }

  private void press(String key) {
    ui.page().keyboard().press(key);
  }

  /** The only volume of the app. */
  private String volume() {
    assertThat(server.volumes(APP)).hasSize(1);
    JsonNode volume = server.volumes(APP).getFirst();
    return volume.path("id").asString();
  }
}
