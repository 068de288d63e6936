package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast the web UI is on many apps and tasks, which are simulated: the first view, scrolling,
 * and filtering. The system properties {@code homeport.ui.apps} and {@code homeport.ui.tasks} (in
 * all) say how many; the results are printed. One app has a tenth of all tasks. Times are judged
 * only with {@code homeport.ui.goals=true}, which is for a machine that has nothing else to do.
 */
class UiScaleIT {
  private static final int APPS = Integer.getInteger("homeport.ui.apps", 200);
  private static final int TASKS = Integer.getInteger("homeport.ui.tasks", 2000);
  private static final int AGENTS = 10;
  private static final int AT_ONCE = 100;
  private static final int FIRST_VIEWS = 5;
  private static final double FIRST_VIEW_MILLIS = 1500;
  private static final double SMOOTH_MILLIS = 100;

  /** More rows than fit into the window and are near it. */
  private static final int MOST_RENDERED = 70;

  private static final boolean JUDGED = Boolean.getBoolean("homeport.ui.goals");

  /** Says, in milliseconds since the navigation began, when so many rows can be seen. */
  private static final String ROWS_SHOWN =
      """
      rows => new Promise(resolve => {
        const look = () =>
          document.querySelectorAll('tbody tr:not([aria-hidden])').length >= rows
          ? resolve(performance.now()) : requestAnimationFrame(look);
        look();
      })
      """;

  /**
   * Scrolls down a step per frame, until the last row is shown, and gives the frames' lengths. Rows
   * out of view are not in the document, but each says which it is; the head of the table is the
   * first.
   */
  private static final String SCROLL =
      """
      rows => new Promise(resolve => {
        const area = [document.scrollingElement, ...document.querySelectorAll('main, main *')]
          .find(e => e.scrollHeight > e.clientHeight + 50
            && ['auto', 'scroll'].includes(getComputedStyle(e).overflowY))
          ?? document.scrollingElement;
        const frames = [];
        const lastRow = () => Number([...document.querySelectorAll('tr[aria-rowindex]')]
          .at(-1)?.getAttribute('aria-rowindex'));
        let last = performance.now();
        const step = now => {
          frames.push(now - last);
          last = now;
          area.scrollBy(0, 120);
          const atEnd = area.scrollTop + area.clientHeight >= area.scrollHeight - 2;
          if (atEnd && lastRow() === rows + 1) resolve(frames);
          else requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      })
      """;

  /** The place of the row that has the focus; the head of the table is the first. */
  private static final String FOCUSED_ROW =
      "() => document.activeElement.closest('tr')?.getAttribute('aria-rowindex')";

  /** From now on keeps how long each interaction took until it could be seen. */
  private static final String WATCH_INTERACTIONS =
      """
      () => {
        window.interactions = [];
        new PerformanceObserver(list =>
          list.getEntries().forEach(e => window.interactions.push(e.duration)))
          .observe({type: 'event', durationThreshold: 16});
      }
      """;

  @TempDir static Path directory;
  private static CrowdedServer server;

  @BeforeAll
  static void startManyTasks() throws Exception {
    server = new CrowdedServer(directory, AGENTS);
    int most = Math.max(1, TASKS / 10);
    for (int from = 0; from < APPS; from += AT_ONCE) {
      String apps =
          IntStream.range(from, Math.min(APPS, from + AT_ONCE))
              .mapToObj(number -> app(number, number == 0 ? most : share(number, TASKS - most)))
              .collect(Collectors.joining(",", "[", "]"));
      server.send("PUT", "/v2/apps", apps);
      server.awaitNoDeployments();
    }
    assertThat(server.send("GET", "/v2/apps", "").path("apps")).hasSize(APPS);
    assertThat(server.send("GET", "/v2/tasks?status=running", "").path("tasks")).hasSize(TASKS);
  }

  /** The other apps share the tasks as evenly as can be. */
  private static int share(int number, int tasks) {
    int others = APPS - 1;
    return tasks / others + (number <= tasks % others ? 1 : 0);
  }

  private static String app(int number, int instances) {
    return ("{\"id\": \"/team-%d/service-%04d\", \"args\": [\"sleep\", \"100000\"],"
            + " \"cpus\": 0.01, \"mem\": 8, \"portDefinitions\": [], \"instances\": %d, \"labels\": {\"team\": \"t%d\"}}")
        .formatted(number % 10, number, instances, number % 10);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theFirstViewComesSoon() {
    for (String path : List.of("/", "/?view=all", "/apps/team-0/service-0000")) {
      List<Double> times = new ArrayList<>();
      for (int view = 0; view < FIRST_VIEWS; view++) {
        // A browser of its own each time: nothing is cached.
        try (UiBrowser ui = new UiBrowser(server.port(), 1360, 900)) {
          ui.open(path);
          times.add(((Number) ui.page().evaluate(ROWS_SHOWN, 10)).doubleValue());
          assertThat(ui.faults()).isEmpty();
        }
      }
      double median = report("first view of " + path, times);
      judge("first view of " + path, median, FIRST_VIEW_MILLIS);
    }
  }

  @Test
  void scrollingIsSmooth() {
    for (String path : List.of("/?view=all", "/apps/team-0/service-0000")) {
      int rows = path.contains("view=all") ? APPS : Math.max(1, TASKS / 10);
      try (UiBrowser ui = new UiBrowser(server.port(), 1360, 900)) {
        ui.open(path);
        ui.page().evaluate(ROWS_SHOWN, 10);
        List<Double> frames = numbers(ui.page().evaluate(SCROLL, rows));
        report("frames while scrolling " + path, frames);
        judge("95 of 100 frames", percentile(frames, 95), SMOOTH_MILLIS);
      }
    }
  }

  @Test
  void rowsOutOfViewAreLeftOutAndTheFocusStays() {
    try (UiBrowser ui = new UiBrowser(server.port(), 1360, 900)) {
      ui.open("/?view=all");
      ui.page().evaluate(ROWS_SHOWN, 10);
      assertThat(ui.page().locator("[aria-label=Applications]").getAttribute("aria-rowcount"))
          .isEqualTo(Integer.toString(APPS + 1));
      Locator first = ui.page().getByLabel("Actions for /team-0/service-0000");
      first.focus();
      ui.page().evaluate(SCROLL, APPS);
      assertThat(ui.page().locator("tbody tr").count()).isBetween(20, MOST_RENDERED);
      assertThat(first.evaluate("button => button === document.activeElement")).isEqualTo(true);
      ui.page().keyboard().press("Tab");
      assertThat(ui.page().evaluate(FOCUSED_ROW)).as("the row after the first").isEqualTo("3");
      assertThat(ui.faults()).isEmpty();
    }
  }

  @Test
  void filteringAnswersAtOnce() {
    try (UiBrowser ui = new UiBrowser(server.port(), 1360, 900)) {
      ui.open("/?view=all");
      ui.page().evaluate(ROWS_SHOWN, 10);
      ui.page().evaluate(WATCH_INTERACTIONS);
      ui.page().getByPlaceholder("Search by id").click();
      ui.page().keyboard().type("service-0042", new Keyboard.TypeOptions().setDelay(80));
      ui.page().waitForFunction("() => document.querySelectorAll('tbody tr').length === 1");
      ui.sees("/team-2/service-0042");
      List<Double> typed = numbers(ui.page().evaluate("() => window.interactions"));
      // Interactions shorter than the observer's threshold are not reported at all.
      typed.add(16.0);
      report("interactions while filtering", typed);
      judge("95 of 100 interactions", percentile(typed, 95), 2 * SMOOTH_MILLIS);
    }
  }

  private static void judge(String what, double millis, double goal) {
    if (JUDGED) {
      assertThat(millis).as(what).isLessThan(goal);
    }
  }

  private static List<Double> numbers(Object found) {
    return ((List<?>) found)
        .stream()
            .map(number -> ((Number) number).doubleValue())
            .collect(Collectors.toCollection(ArrayList::new));
  }

  private static double percentile(List<Double> values, int percent) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }

  private static double report(String what, List<Double> millis) {
    System.out.printf(
        Locale.ROOT,
        "%d apps, %d tasks: %s: median %.0f ms, 95%% within %.0f ms, longest %.0f ms (%d)%n",
        APPS,
        TASKS,
        what,
        percentile(millis, 50),
        percentile(millis, 95),
        Collections.max(millis),
        millis.size());
    return percentile(millis, 50);
  }
}
