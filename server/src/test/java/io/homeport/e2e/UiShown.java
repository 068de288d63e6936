package io.homeport.e2e;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What a page of the web UI looks like: to people who do not see it, and in pictures. With the
 * system property {@code homeport.screenshots}, pictures are put into that directory.
 */
final class UiShown {
  private static final Path AXE = Path.of("../ui/node_modules/axe-core/axe.min.js");

  /** What may be serious or worse on the page, each with the elements that it is about. */
  private static final String FIND_VIOLATIONS =
      """
      async () => (await axe.run({resultTypes: ['violations']})).violations
        .filter(v => ['serious', 'critical'].includes(v.impact))
        .map(v => v.id + ': ' + v.nodes.slice(0, 3)
          .map(n => n.html.slice(0, 160) + ' (' + n.failureSummary + ')').join(' | '))
      """;

  /** Pictures that the documentation shows, besides each page in light colours. */
  private static final Set<String> ALSO_IN_DOCS =
      Set.of(
          "applications-narrow",
          "instances-dark",
          "json-dark",
          "plan-dark",
          "volume-dark",
          "volumes-narrow",
          "why-dark");

  /** Pages that are only looked at. */
  private static final Set<String> NOT_IN_DOCS =
      Set.of(
          "empty-deployments-light",
          "empty-volumes-light",
          "missing-light",
          "row-menu-light",
          "volume-left-behind-light",
          "wipe-light");

  private UiShown() {}

  /** Opens a page and waits until what it loads is there. */
  static void show(UiBrowser ui, String path) {
    ui.open(path);
    ui.page().waitForLoadState(LoadState.LOAD);
    ui.page().locator("h1").first().waitFor();
    settle(ui);
  }

  /** Waits until nothing on the page says that it is being loaded, and nothing moves. */
  static void settle(UiBrowser ui) {
    ui.page()
        .waitForFunction(
            "() => document.querySelectorAll('[aria-busy=true]').length === 0"
                + " && document.getAnimations().every(one => one.playState !== 'running'"
                + " || one.effect.getTiming().iterations === Infinity)");
  }

  /** The serious violations of accessibility on the page as it is, each with where it is. */
  static List<String> violations(UiBrowser ui, String where) throws IOException {
    ui.page().evaluate(Files.readString(AXE));
    return ((List<?>) ui.page().evaluate(FIND_VIOLATIONS))
        .stream().map(one -> where + " " + one).toList();
  }

  /** Puts a picture of the page where it is wanted. */
  static void picture(UiBrowser ui, String name) {
    String target = System.getProperty("homeport.screenshots", "");
    boolean wanted =
        (name.endsWith("-light") && !NOT_IN_DOCS.contains(name))
            || ALSO_IN_DOCS.contains(name)
            || Boolean.getBoolean("homeport.screenshots.all");
    if (!target.isEmpty() && wanted) {
      ui.page()
          .screenshot(new Page.ScreenshotOptions().setPath(Path.of(target).resolve(name + ".png")));
    }
  }
}
