package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What the web UI shows while things happen: events, logs, files, deployments, warnings. */
class UiLiveIT extends BrowserOnFreshServer {
  /** Gathers the times between frames, in milliseconds. */
  private static final String WATCH_FRAMES =
      """
      () => {
        window.frames_ = [];
        let last = performance.now();
        const frame = now => {
          window.frames_.push(now - last);
          last = now;
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }
      """;

  private void post(String id, String command, int instances, String more) {
    String body =
        "{\"id\": \"%s\", \"cmd\": \"%s\", \"cpus\": 0.1, \"mem\": 32, \"instances\": %d%s}"
            .formatted(id, command, instances, more);
    assertThat(server.post("/v2/apps", body).status()).isEqualTo(201);
  }

  private static final String VOLUME =
      ", \"container\": {\"type\": \"MESOS\", \"volumes\": [{\"containerPath\": \"data\","
          + " \"mode\": \"RW\", \"persistent\": {\"size\": 10}}]}";

  @Test
  void pollsWhereThereIsNoEventStream() {
    ui.page().route("**/v2/events**", Route::abort);
    ui.open("/?view=all");
    ui.page().getByText("Polling", new Page.GetByTextOptions().setExact(true)).waitFor();
    post("/late", "sleep 1000", 1, "");
    server.awaitRunning("/late", 1);
    ui.row("/late").getByText("1 / 1").waitFor();
    ui.page().unroute("**/v2/events**");
    ui.page().getByText("Live", new Page.GetByTextOptions().setExact(true)).waitFor();
  }

  @Test
  void tellsWhatHappenedBeforeAndWhatHappensNow() {
    post("/early", "sleep 1000", 1, "");
    post("/other", "sleep 1000", 1, "");
    server.awaitRunning("/early", 1);
    ui.open("/apps/early?tab=events");
    Locator events = ui.page().getByLabel("Events").locator("li");
    events.filter(new Locator.FilterOptions().setHasText("TASK_RUNNING")).first().waitFor();
    assertThat(events.filter(new Locator.FilterOptions().setHasText("/other")).count()).isZero();
    int before = events.count();
    server.put("/v2/apps/early", "{\"instances\": 2}");
    server.awaitRunning("/early", 2);
    ui.page()
        .waitForFunction(
            "before => document.querySelectorAll('.hp-events > li').length > before", before);
    // What comes again after a lost connection is told once.
    server.kill9();
    ui.sees("The server does not answer");
    server.start();
    ui.page().getByText("Live", new Page.GetByTextOptions().setExact(true)).waitFor();
    ui.open("/events");
    ui.page().getByLabel("Events").locator("li").first().waitFor();
  }

  @Test
  void followsThousandsOfLinesASecond() {
    post("/noisy", "i=0; while :; do seq $i $((i + 999)); i=$((i + 1000)); sleep 0.2; done", 1, "");
    server.awaitRunning("/noisy", 1);
    ui.open("/apps/noisy?tab=logs");
    ui.page().locator(".hp-log-line").first().waitFor();
    ui.page().evaluate(WATCH_FRAMES);
    long begin = System.nanoTime();
    int first = lastLine();
    ui.page()
        .waitForFunction(
            "from => (" + LAST_LINE + ")() > from + 20000",
            first,
            new Page.WaitForFunctionOptions().setTimeout(120_000));
    double seconds = (System.nanoTime() - begin) / 1e9;
    List<Double> frames =
        ((List<?>) ui.page().evaluate("() => window.frames_"))
            .stream()
                .map(one -> ((Number) one).doubleValue())
                .sorted()
                .collect(Collectors.toList());
    System.out.printf(
        Locale.ROOT,
        "logs: %.0f lines a second; frames: median %.0f ms, 95%% within %.0f ms, longest %.0f ms%n",
        20_000 / seconds,
        frames.get(frames.size() / 2),
        frames.get(frames.size() * 95 / 100),
        Collections.max(frames));
    // The page renders what can be seen, whatever comes.
    assertThat(ui.page().locator(".hp-log-line").count()).isLessThan(300);
    // It takes clicks and text while the log goes on.
    ui.page().getByLabel("Wrap").uncheck();
    ui.page().getByLabel("Search stdout").fill("7777");
    ui.page().locator(".hp-log-tools").getByText(" / ").waitFor();
    ui.page().getByLabel("Search stdout").press("Enter");
    ui.page().locator(".hp-log-line mark").first().waitFor();
    assertThat(ui.page().getByLabel("Follow").isChecked()).isFalse();
    ui.page().getByLabel("Follow").check();
    int then = lastLine();
    ui.page().waitForFunction("from => (" + LAST_LINE + ")() > from", then);
  }

  private static final String LAST_LINE =
      "() => Math.max(...[...document.querySelectorAll('.hp-log-number')].map(one => +one.innerText))";

  private int lastLine() {
    return ((Number) ui.page().evaluate(LAST_LINE)).intValue();
  }

  @Test
  void keepsTheLogsOfEarlierRunsAndTheHistoryOfVolumes() throws IOException {
    post(
        "/db",
        "echo run of $MESOS_TASK_ID; echo kept > data/file; echo bad >&2; sleep 1000",
        1,
        VOLUME);
    server.awaitRunning("/db", 1);
    String before = server.running("/db").getFirst().path("id").asString();
    ui.open("/apps/db?tab=logs&log=stderr");
    ui.sees("bad");
    server.delete("/v2/apps/db/tasks/" + before);
    server.await(
        "another task",
        Duration.ofSeconds(60),
        () ->
            server.running("/db").stream()
                .anyMatch(task -> !task.path("id").asString().equals(before)));
    String after = server.running("/db").getFirst().path("id").asString();
    ui.open("/apps/db?tab=logs");
    ui.sees("run of " + after);
    ui.page().getByLabel("Run", new Page.GetByLabelOptions().setExact(true)).selectOption(before);
    ui.sees("run of " + before);
    assertThat(ui.page().locator("select option:checked").innerText()).contains("ended");
    Download log = ui.page().waitForDownload(() -> link("Download").click());
    assertThat(Files.readString(log.path())).isEqualTo("run of " + before + "\n");

    String volume = server.volumes("/db").getFirst().path("id").asString();
    ui.open("/volumes/" + volume.replace("#", "%23"));
    Locator history =
        ui.page().getByRole(AriaRole.GRID, new Page.GetByRoleOptions().setName("History"));
    history.getByText(before).waitFor();
    history.getByText(after).waitFor();
    assertThat(history.getByRole(AriaRole.ROW).nth(1).innerText()).contains(after).contains("now");
    Download file = ui.page().waitForDownload(() -> link("file").click());
    assertThat(Files.readString(file.path())).isEqualTo("kept\n");
  }

  private Locator link(String name) {
    return ui.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name)).first();
  }

  @Test
  void rollsACreationBackOnlyWhenTheNameOfWhatIsLostIsTyped() {
    // Its second instance fits nowhere, so that the deployment stays.
    post("/half", "sleep 1000", 2, VOLUME + ", \"constraints\": [[\"hostname\", \"UNIQUE\"]]");
    server.awaitTasks("/half", 1);
    ui.open("/deployments");
    ui.sees("1 of 2 ready");
    ui.click("Roll back");
    ui.sees("This deployment created /half, so rolling it back deletes the app.");
    ui.dialog().getByText("for good").first().waitFor();
    assertThat(ui.dialogButton("Roll back").isEnabled()).isFalse();
    ui.dialog().getByRole(AriaRole.TEXTBOX).fill("/half");
    ui.dialogButton("Roll back").click();
    server.await(
        "the app is gone",
        Duration.ofSeconds(60),
        () -> server.get("/v2/apps/half").status() == 404);
    ui.sees("No deployment is under way");
  }

  @Test
  void cancelsADeploymentAndLeavesThingsAsTheyAre() {
    post("/half", "sleep 1000", 2, ", \"constraints\": [[\"hostname\", \"UNIQUE\"]]");
    server.awaitTasks("/half", 1);
    ui.open("/apps/half?tab=why");
    ui.sees("Instance 1 waits since");
    ui.click("Cancel, and leave things as they are");
    server.await(
        "no deployment",
        Duration.ofSeconds(60),
        () -> server.get("/v2/deployments").body().isEmpty());
    assertThat(server.running("/half")).hasSize(1);
  }

  @Test
  void drainsAnAgentAndBringsItBack() {
    post("/db", "sleep 1000", 1, VOLUME);
    server.awaitRunning("/db", 1);
    ui.open("/agents");
    String agent = server.running("/db").getFirst().path("slaveId").asString();
    ui.page().getByLabel("Actions for " + agent).click();
    ui.menu("Drain");
    ui.dialogButton("Drain").click();
    ui.row(agent).getByText("Drained").waitFor();
    ui.open("/agents/" + agent);
    ui.row("db#data#").getByText("Attached").waitFor();
    ui.click("Bring back");
    ui.dialogButton("Bring back").click();
    server.awaitRunning("/db", 1);
  }

  @Test
  void saysThatAServerOnlyReadsAndWhatIsWrongWithItsRole() {
    String warning = "The role homeport is also used by framework other.";
    ui.page()
        .route(
            "**/v2/info",
            route -> {
              ObjectNode info = (ObjectNode) server.get("/v2/info").body();
              ObjectNode ours = (ObjectNode) info.path("homeport");
              ours.put("readOnly", "the state makes no sense");
              ours.putArray("warnings").add(warning);
              route.fulfill(
                  new Route.FulfillOptions()
                      .setContentType("application/json")
                      .setBody(info.toString()));
            });
    ui.open("/");
    ui.sees("The server changes nothing now: the state makes no sense");
    ui.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("and 1 more")).click();
    ui.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(warning)).waitFor();
    ui.sees("What is not enforced here");
  }

  @Test
  void keepsTheFrameWhenAPartOfThePageCannotBeLoaded() {
    ui.open("/");
    ui.sees("No applications yet");
    ui.page().route("**/assets/VolumesPage*.js", Route::abort);
    link("Volumes").click();
    ui.sees("This page could not be shown");
    ui.page().unroute("**/assets/VolumesPage*.js");
    ui.click("Load the page again");
    ui.sees("No volumes");
  }
}
