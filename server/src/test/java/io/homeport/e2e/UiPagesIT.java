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
import java.util.Set;
import java.util.function.Consumer;
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
  private static final int FIRST_LOAD_BYTES = 300_000;

  /** What may be serious or worse on the page, each with the elements that it is about. */
  private static final String FIND_VIOLATIONS =
      """
      async () => (await axe.run()).violations
        .filter(v => ['serious', 'critical'].includes(v.impact))
        .map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))
      """;

  /** Pictures that the documentation shows, besides each page in light colours. */
  private static final Set<String> ALSO_IN_DOCS = Set.of("volume-dark", "applications-narrow");

  @TempDir static Path directory;
  private static ServerProcess server;
  private static Map<String, String> pages;

  @BeforeAll
  static void seed() {
    server = ServerProcess.start(directory.resolve("homeport"), "--local-agents", "3");
    String database =
        "mkdir -p data/base; echo 17 > data/VERSION; dd if=/dev/zero of=data/base/1 bs=1M count=40;"
            + " while :; do date; date >> data/journal; sleep 1; done";
    post("/shop/database", 3, 128, database, volume("data", 64), "\"tier\": \"data\"", "");
    post("/shop/search", 1, 64, "sleep 100000", volume("index", 256), "\"tier\": \"data\"", "");
    String healthy =
        ", \"healthChecks\": [{\"protocol\": \"COMMAND\", \"command\": {\"value\": \"true\"},"
            + " \"intervalSeconds\": 5}]";
    post("/shop/web", 2, 32, "while :; do date; sleep 1; done", "", "\"tier\": \"web\"", healthy);
    post("/ops/backup", 0, 32, "sleep 1000", "", "", "");
    server.awaitRunning("/shop/database", 3);
    server.awaitRunning("/shop/search", 1);
    server.awaitRunning("/shop/web", 2);
    server.put("/v2/apps/shop/database", "{\"instances\": 2}");
    server.await(
        "a detached volume",
        java.time.Duration.ofSeconds(60),
        () ->
            server.volumes("/shop/database").stream()
                .anyMatch(volume -> volume.path("status").asString().equals("detached")));
    server.put("/v2/apps/shop/web?force=true", "{\"env\": {\"GREETING\": \"hello\"}}");
    // Fits nowhere, so that its deployment stays.
    post("/analytics", 2, 900_000, "sleep 1000", volume("data", 512), "", "");
    pages = pages();
  }

  private static String volume(String path, int size) {
    return ", \"container\": {\"type\": \"MESOS\", \"volumes\": [{\"containerPath\": \"%s\", \"mode\": \"RW\", \"persistent\": {\"size\": %d}}]}"
        .formatted(path, size);
  }

  private static void post(
      String id,
      int instances,
      int mem,
      String command,
      String container,
      String label,
      String more) {
    String body =
        "{\"id\": \"%s\", \"cmd\": \"%s\", \"cpus\": 0.1, \"mem\": %d, \"instances\": %d, \"labels\": {%s}%s%s}"
            .formatted(id, command, mem, instances, label, container, more);
    assertThat(server.post("/v2/apps", body).status()).isEqualTo(201);
  }

  private static Map<String, String> pages() {
    String volume = server.volumes("/shop/database").getFirst().path("id").asString();
    String task = server.running("/shop/web").getFirst().path("id").asString();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("applications", "/?view=all");
    all.put("folders", "/");
    all.put("instances", "/apps/shop/database");
    all.put("configuration", "/apps/shop/database?tab=configuration");
    all.put("app-volumes", "/apps/shop/database?tab=volumes");
    all.put("logs", "/apps/shop/database?tab=logs");
    all.put("why", "/apps/analytics?tab=why");
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
    try (UiBrowser ui = new UiBrowser(server, 1280, 800)) {
      for (String theme : List.of("light", "dark")) {
        ui.open("/");
        ui.page().evaluate("theme => localStorage.setItem('homeport-theme', theme)", theme);
        for (Map.Entry<String, String> page : pages.entrySet()) {
          show(ui, page.getValue());
          violations.addAll(violations(ui, axe, theme + " " + page.getKey()));
          picture(ui, page.getKey() + "-" + theme);
        }
      }
      assertThat(violations).isEmpty();
      assertThat(ui.faults()).isEmpty();
    }
  }

  private static List<String> violations(UiBrowser ui, String axe, String where) {
    ui.page().evaluate(axe);
    return ((List<?>) ui.page().evaluate(FIND_VIOLATIONS))
        .stream().map(one -> where + " " + one).toList();
  }

  @Test
  void noDialogMenuOrModeHasASeriousViolationOfAccessibility() throws IOException {
    String axe = Files.readString(AXE);
    List<String> violations = new ArrayList<>();
    try (UiBrowser ui = new UiBrowser(server, 1280, 800)) {
      for (String theme : List.of("light", "dark")) {
        ui.open("/");
        ui.page().evaluate("theme => localStorage.setItem('homeport-theme', theme)", theme);
        for (Map.Entry<String, Consumer<UiBrowser>> one : openings().entrySet()) {
          one.getValue().accept(ui);
          violations.addAll(violations(ui, axe, theme + " " + one.getKey()));
          picture(ui, one.getKey() + "-" + theme);
        }
      }
      assertThat(violations).isEmpty();
    }
  }

  /** What opens from a page, and how. */
  private static Map<String, Consumer<UiBrowser>> openings() {
    Map<String, Consumer<UiBrowser>> all = new LinkedHashMap<>();
    all.put(
        "plan",
        ui -> {
          show(ui, "/apps/shop/database");
          ui.page().getByLabel("More actions").click();
          ui.menu("Delete");
          ui.sees("for good");
        });
    all.put(
        "wipe",
        ui -> {
          show(ui, "/apps/shop/database");
          ui.page().getByLabel("Actions for instance 0").click();
          ui.menu("Kill and wipe");
          ui.sees("for good");
        });
    all.put(
        "row-menu",
        ui -> {
          show(ui, "/?view=all");
          ui.page().getByLabel("Actions for /shop/web").click();
          ui.sees("Suspend");
        });
    all.put(
        "json",
        ui -> {
          show(ui, "/edit/shop/database");
          ui.click("JSON");
          ui.page().getByLabel("Definition as JSON").waitFor();
        });
    all.put(
        "form-faults",
        ui -> {
          show(ui, "/create");
          ui.click("Add volume");
          ui.click("Add constraint");
          ui.click("Add health check");
          ui.click("Review the plan");
          ui.sees("This cannot be applied as it is");
        });
    all.put(
        "keys",
        ui -> {
          show(ui, "/volumes");
          ui.page().keyboard().press("?");
          ui.dialog().waitFor();
        });
    return all;
  }

  @Test
  void theFirstLoadIsSmall() {
    try (UiBrowser ui = new UiBrowser(server)) {
      show(ui, "/");
      ui.page().waitForLoadState(LoadState.LOAD);
      Object bytes =
          ui.page()
              .evaluate(
                  "() => performance.getEntries()"
                      + ".filter(one => one.entryType === 'navigation' || /\\/ui\\//.test(one.name))"
                      + ".reduce((sum, one) => sum + (one.encodedBodySize ?? 0), 0)");
      System.out.println("first load: " + bytes + " bytes compressed");
      assertThat(((Number) bytes).intValue()).isBetween(100_000, FIRST_LOAD_BYTES);
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
    boolean wanted =
        name.endsWith("-light")
            || ALSO_IN_DOCS.contains(name)
            || Boolean.getBoolean("homeport.screenshots.all");
    if (!target.isEmpty() && wanted) {
      ui.page()
          .screenshot(new Page.ScreenshotOptions().setPath(Path.of(target).resolve(name + ".png")));
    }
  }
}
