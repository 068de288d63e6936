package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of applications, by mouse and by keyboard: folders, search, filters, sorting, rows. */
class UiApplicationsIT {
  @TempDir static Path directory;
  private static ServerProcess server;
  private UiBrowser ui;

  @BeforeAll
  static void seed() {
    server = ServerProcess.start(directory.resolve("homeport"));
    post("/shop/db", 1, 0.2, "{\"tier\": \"data\"}", true);
    post("/shop/web", 2, 0.1, "{\"tier\": \"front\"}", false);
    post("/ops/cron", 0, 0.3, "{}", false);
    server.awaitRunning("/shop/db", 1);
    server.awaitRunning("/shop/web", 2);
  }

  private static void post(String id, int instances, double cpus, String labels, boolean volume) {
    String container =
        volume
            ? ", \"container\": {\"type\": \"MESOS\", \"volumes\": [{\"containerPath\": \"data\","
                + " \"mode\": \"RW\", \"persistent\": {\"size\": 8}}]}"
            : "";
    String body =
        "{\"id\": \"%s\", \"cmd\": \"sleep 1000\", \"cpus\": %s, \"mem\": 16, \"instances\": %d, \"labels\": %s%s}"
            .formatted(id, cpus, instances, labels, container);
    assertThat(server.post("/v2/apps", body).status()).isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    ui = new UiBrowser(server);
  }

  @AfterEach
  void close() {
    assertThat(ui.faults()).isEmpty();
    ui.close();
  }

  private void shows(String... names) {
    ui.page()
        .waitForFunction(
            "names => { const shown = [...document.querySelectorAll('tbody tr')]"
                + ".map(row => row.querySelector('a').innerText.trim().split(/\\s/)[0]);"
                + " return JSON.stringify(shown) === JSON.stringify(names); }",
            List.of(names));
  }

  @Test
  void leadsThroughFolders() {
    ui.open("/");
    shows("ops", "shop");
    ui.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("shop")).click();
    shows("db", "web");
    assertThat(ui.page().url()).endsWith("/ui/?folder=%2Fshop");
    ui.page().reload();
    shows("db", "web");
    ui.page().goBack();
    shows("ops", "shop");
    // Without the slash it is the same place.
    ui.open("?folder=%2Fshop");
    shows("db", "web");
  }

  @Test
  void searchesFiltersAndSortsInTheAddress() {
    ui.open("/");
    ui.page().getByPlaceholder("Search by id").fill("SHOP");
    shows("/shop/db", "/shop/web");
    ui.click("Has volumes");
    shows("/shop/db");
    ui.click("Has volumes");
    ui.page().getByPlaceholder("Search by id").fill("");
    choose("Status", "Suspended");
    shows("/ops/cron");
    ui.page().reload();
    shows("/ops/cron");
    ui.click("Clear filters");
    choose("Label", "tier:front");
    shows("/shop/web");
    ui.click("Clear filters");
    choose("Health", "No checks");
    sort("CPUs");
    shows("/ops/cron", "/shop/db", "/shop/web");
    sort("Volumes");
    ui.page().waitForURL("**sort=volumes**");
    sort("Volumes");
    ui.page().waitForURL("**sort=-volumes**");
    shows("/shop/db", "/ops/cron", "/shop/web");
    assertThat(ui.page().url()).contains("sort=-volumes").contains("health=No+checks");
    ui.page().getByPlaceholder("Search by id").fill("nothing like this");
    ui.sees("No application fits");
  }

  /** Two clicks before the page has rendered what came of the first: both count. */
  @Test
  void ofTwoQuickChangesTheSecondDoesNotUndoTheFirst() {
    ui.open("/?view=all");
    shows("/ops/cron", "/shop/db", "/shop/web");
    ui.page()
        .evaluate(
            "() => ['Has volumes', 'Memory'].forEach(name => [...document"
                + ".querySelectorAll('button')].find(one => one.innerText.trim() === name).click())");
    shows("/shop/db");
    ui.page().waitForURL("**sort=memory**");
    assertThat(ui.page().url()).contains("volumes=yes").contains("view=all");
  }

  private void choose(String menu, String choice) {
    ui.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(menu)).first().click();
    ui.page()
        .getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(choice).setExact(true))
        .click();
    ui.page().keyboard().press("Escape");
  }

  private void sort(String column) {
    ui.page()
        .getByRole(AriaRole.COLUMNHEADER)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(column))
        .click();
  }

  @Test
  void changesAnAppFromItsRowAfterThePlan() {
    ui.open("/?view=all");
    row("/shop/web", "Scale");
    ui.dialog().getByLabel("Instances", new Locator.GetByLabelOptions().setExact(true)).fill("3");
    ui.sees("Scales /shop/web from 2 instances to 3.");
    ui.dialogButton("Scale").click();
    server.awaitRunning("/shop/web", 3);
    ui.row("/shop/web").getByText("3 / 3").waitFor();
    row("/shop/web", "Restart");
    ui.sees("Restarts 3 instances of /shop/web.");
    ui.dialogButton("Cancel").click();
    row("/shop/db", "Suspend");
    ui.sees("Suspends /shop/db");
    ui.dialog().getByText("Detaches 1 volume; the data and the reservation are kept").waitFor();
    ui.dialogButton("Cancel").click();
    row("/shop/db", "Delete");
    ui.sees("Destroys 1 volume for good");
    assertThat(ui.dialogButton("Delete app").isEnabled()).isFalse();
    ui.dialogButton("Cancel").click();
    post("/ops/gone", 1, 0.1, "{}", false);
    row("/ops/gone", "Delete");
    ui.dialogButton("Delete app").click();
    server.await(
        "the app is gone",
        Duration.ofSeconds(60),
        () -> server.get("/v2/apps/ops/gone").status() == 404);
  }

  private void row(String app, String action) {
    ui.page().getByLabel("Actions for " + app).click();
    ui.menu(action);
  }

  @Test
  void isUsedByKeyboardAlone() {
    ui.open("/?view=all");
    shows("/ops/cron", "/shop/db", "/shop/web");
    press("/");
    ui.page().keyboard().type("shop/db");
    shows("/shop/db");
    // From the field to the link of the only row, and into the app.
    ui.enter(ui.page().locator("tbody a").first());
    ui.enter(ui.page().getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Volumes")));
    ui.row("shop_db#data#").getByText("Attached").waitFor();
    ui.enter(ui.button("Scale"));
    ui.dialog().waitFor();
    press("Escape");
    ui.dialog().waitFor(hidden());
    press("?");
    ui.dialog().getByText("Create an application").waitFor();
    press("Escape");
    ui.dialog().waitFor(hidden());
    press("g");
    press("v");
    ui.page().waitForURL("**/ui/volumes");
    press("c");
    ui.page().waitForURL("**/ui/create");
    // In a field the same keys are text.
    ui.type(ui.page().locator("#field--id"), "/gc");
    assertThat(ui.page().locator("#field--id").inputValue()).isEqualTo("/gc");
    assertThat(ui.page().url()).endsWith("/ui/create");
  }

  private void press(String key) {
    ui.page().keyboard().press(key);
  }

  private static Locator.WaitForOptions hidden() {
    return new Locator.WaitForOptions()
        .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN);
  }
}
