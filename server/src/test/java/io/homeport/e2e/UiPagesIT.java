package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every page of the web UI, seeded: no serious violation of accessibility, nothing from elsewhere,
 * few requests at rest. With the system property {@code homeport.screenshots} it also puts pictures
 * of the pages into that directory.
 */
class UiPagesIT {
  private static final Path AXE = Path.of("../ui/node_modules/axe-core/axe.min.js");
  private static final int IDLE_SECONDS = 10;

  @TempDir static Path directory;
  private static ServerProcess server;
  private static Map<String, String> pages;

  @BeforeAll
  static void seed() {
    server = ServerProcess.start(directory.resolve("homeport"), "--local-agents", "3");
    post(
        "/shop/database",
        3,
        64,
        "dd if=/dev/zero of=data/blob bs=1M count=40; while :; do date; sleep 1; done",
        true);
    post("/shop/web", 2, 32, "while :; do date; sleep 1; done", false);
    server.awaitRunning("/shop/web", 2);
    server.put("/v2/apps/shop/database", "{\"instances\": 2}");
    server.await(
        "a detached volume",
        java.time.Duration.ofSeconds(60),
        () ->
            server.volumes("/shop/database").stream()
                .anyMatch(volume -> volume.path("status").asString().equals("detached")));
    // Fits nowhere, so that its deployment stays.
    post("/big", 1, 9_000_000, "sleep 1000", false);
    pages = pages();
  }

  private static void post(String id, int instances, int mem, String command, boolean volume) {
    String container =
        volume
            ? ", \"container\": {\"type\": \"MESOS\", \"volumes\": [{\"containerPath\": \"data\","
                + " \"mode\": \"RW\", \"persistent\": {\"size\": 64}}]}"
            : "";
    String body =
        "{\"id\": \"%s\", \"cmd\": \"%s\", \"cpus\": 0.1, \"mem\": %d, \"instances\": %d%s}"
            .formatted(id, command, mem, instances, container);
    assertThat(server.post("/v2/apps", body).status()).isEqualTo(201);
  }

  private static Map<String, String> pages() {
    String volume = server.volumes("/shop/database").getFirst().path("id").asString();
    String task = server.running("/shop/web").getFirst().path("id").asString();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("applications", "/?view=all");
    all.put("instances", "/apps/shop/database");
    all.put("configuration", "/apps/shop/database?tab=configuration");
    all.put("app-volumes", "/apps/shop/database?tab=volumes");
    all.put("logs", "/apps/shop/database?tab=logs");
    all.put("why", "/apps/big?tab=why");
    all.put("app-events", "/apps/shop/database?tab=events");
    all.put("create", "/create");
    all.put("edit", "/edit/shop/database");
    all.put("volumes", "/volumes");
    all.put("volume", "/volumes/" + URLEncoder.encode(volume, StandardCharsets.UTF_8));
    all.put("task", "/tasks/" + task);
    all.put("agents", "/agents");
    all.put("agent", "/agents/local-1");
    all.put("deployments", "/deployments");
    all.put("events", "/events");
    all.put("about", "/about");
    all.put("missing", "/apps/no/such/app");
    return all;
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void noPageHasASeriousViolationOfAccessibilityInLightOrDark() throws IOException {
    String axe = Files.readString(AXE);
    List<String> violations = new ArrayList<>();
    try (UiBrowser ui = new UiBrowser(server)) {
      for (String theme : List.of("light", "dark")) {
        ui.open("/");
        ui.page().evaluate("theme => localStorage.setItem('homeport-theme', theme)", theme);
        for (Map.Entry<String, String> page : pages.entrySet()) {
          show(ui, page.getValue());
          ui.page().evaluate(axe);
          Object found =
              ui.page()
                  .evaluate(
                      "async () => (await axe.run()).violations"
                          + ".filter(v => ['serious', 'critical'].includes(v.impact))"
                          + ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))");
          ((List<?>) found).forEach(one -> violations.add(theme + " " + page.getKey() + " " + one));
          picture(ui, page.getKey() + "-" + theme);
        }
      }
      assertThat(violations).isEmpty();
      assertThat(ui.faults()).isEmpty();
    }
  }

  @Test
  void nothingIsLoadedFromElsewhereAndNarrowPagesDoNotScrollSideways() {
    try (UiBrowser ui = new UiBrowser(server, 360, 740)) {
      List<String> elsewhere = new ArrayList<>();
      ui.page()
          .onRequest(
              request -> {
                if (!request.url().startsWith("http://127.0.0.1:" + server.port() + "/")) {
                  elsewhere.add(request.url());
                }
              });
      List<String> wide = new ArrayList<>();
      for (Map.Entry<String, String> page : pages.entrySet()) {
        show(ui, page.getValue());
        Object width = ui.page().evaluate("() => document.documentElement.scrollWidth");
        if (((Number) width).intValue() > 360) {
          wide.add(page.getKey() + ": " + width);
        }
        picture(ui, page.getKey() + "-narrow");
      }
      assertThat(elsewhere).isEmpty();
      assertThat(wide).isEmpty();
    }
  }

  @Test
  void anIdlePageAsksForLessThanOneThingASecond() {
    try (UiBrowser ui = new UiBrowser(server)) {
      show(ui, "/volumes");
      List<String> requests = new ArrayList<>();
      ui.page().onRequest(request -> requests.add(request.url()));
      ui.page().waitForTimeout(IDLE_SECONDS * 1000.0);
      assertThat(requests).hasSizeLessThanOrEqualTo(IDLE_SECONDS);
    }
  }

  private static void show(UiBrowser ui, String path) {
    ui.open(path);
    ui.page().waitForLoadState(LoadState.LOAD);
    ui.page().locator("h1").first().waitFor();
    ui.page().waitForFunction("() => document.querySelectorAll('[aria-busy=true]').length === 0");
  }

  private static void picture(UiBrowser ui, String name) {
    String target = System.getProperty("homeport.screenshots", "");
    if (!target.isEmpty()) {
      ui.page()
          .screenshot(new Page.ScreenshotOptions().setPath(Path.of(target).resolve(name + ".png")));
    }
  }
}
