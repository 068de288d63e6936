package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private static final int IDLE_SECONDS = 10;
  private static final int FIRST_LOAD_BYTES = 300_000;

  @TempDir static Path directory;
  private static ServerProcess server;
  private static Map<String, String> pages;

  @BeforeAll
  static void seed() {
    server = UiSeed.start(directory);
    pages = UiSeed.pages(server);
  }

  @AfterAll
  static void stop() {
    UiSeed.stop(server);
  }

  @Test
  void noPageHasASeriousViolationOfAccessibilityInLightOrDark() throws IOException {
    List<String> violations = new ArrayList<>();
    try (UiBrowser ui = new UiBrowser(server, 1280, 800)) {
      for (String theme : List.of("light", "dark")) {
        ui.open("/");
        ui.page().evaluate("theme => localStorage.setItem('homeport-theme', theme)", theme);
        for (Map.Entry<String, String> page : pages.entrySet()) {
          UiShown.show(ui, page.getValue());
          violations.addAll(UiShown.violations(ui, theme + " " + page.getKey()));
          UiShown.picture(ui, page.getKey() + "-" + theme);
        }
      }
      assertThat(violations).isEmpty();
      assertThat(ui.faults()).isEmpty();
    }
  }

  @Test
  void noDialogMenuOrModeHasASeriousViolationOfAccessibility() throws IOException {
    List<String> violations = new ArrayList<>();
    try (UiBrowser ui = new UiBrowser(server, 1280, 800)) {
      for (String theme : List.of("light", "dark")) {
        ui.open("/");
        ui.page().evaluate("theme => localStorage.setItem('homeport-theme', theme)", theme);
        for (Map.Entry<String, Consumer<UiBrowser>> one : openings().entrySet()) {
          one.getValue().accept(ui);
          UiShown.settle(ui);
          violations.addAll(UiShown.violations(ui, theme + " " + one.getKey()));
          UiShown.picture(ui, one.getKey() + "-" + theme);
        }
      }
      assertThat(violations).isEmpty();
    }
  }

  private static String page(String name) {
    return Objects.requireNonNull(pages.get(name), name);
  }

  /** What opens from a page, and how. */
  private static Map<String, Consumer<UiBrowser>> openings() {
    Map<String, Consumer<UiBrowser>> all = new LinkedHashMap<>(changes());
    all.putAll(views());
    return all;
  }

  private static Map<String, Consumer<UiBrowser>> changes() {
    Map<String, Consumer<UiBrowser>> all = new LinkedHashMap<>();
    all.put(
        "plan",
        ui -> {
          UiShown.show(ui, "/apps/shop/database");
          ui.page().getByLabel("More actions").click();
          ui.menu("Delete");
          ui.sees("for good");
        });
    all.put(
        "wipe",
        ui -> {
          UiShown.show(ui, "/apps/shop/database");
          ui.page().getByLabel("Actions for instance 0").click();
          ui.menu("Kill and wipe");
          ui.sees("for good");
        });
    all.put(
        "scale",
        ui -> {
          UiShown.show(ui, "/apps/shop/database");
          ui.click("Scale");
          ui.click("One less");
          ui.sees("the data and the reservation are kept");
        });
    all.put(
        "destroy-volume",
        ui -> {
          UiShown.show(ui, page("volume-detached"));
          ui.click("Destroy");
          ui.sees("with everything in it");
        });
    all.put(
        "adopt-volume",
        ui -> {
          UiShown.show(ui, page("volume-left-behind"));
          ui.click("Adopt");
          ui.sees("The volume becomes that of an instance");
        });
    return all;
  }

  private static Map<String, Consumer<UiBrowser>> views() {
    Map<String, Consumer<UiBrowser>> all = new LinkedHashMap<>();
    all.put(
        "row-menu",
        ui -> {
          UiShown.show(ui, "/?view=all");
          Locator toggle = ui.page().getByLabel("Actions for /shop/web");
          toggle.click();
          ui.sees("Suspend");
          UiShown.settle(ui);
          BoundingBox row = toggle.boundingBox();
          BoundingBox menu = ui.page().getByRole(AriaRole.MENU).boundingBox();
          assertThat(menu.x + menu.width)
              .as("the menu is beside its row")
              .isCloseTo(row.x + row.width, within(40.0));
        });
    all.put(
        "json",
        ui -> {
          UiShown.show(ui, "/edit/shop/database");
          ui.click("JSON");
          ui.page().getByLabel("Definition as JSON").waitFor();
        });
    all.put(
        "form-faults",
        ui -> {
          UiShown.show(ui, "/create");
          ui.click("Add volume");
          ui.click("Add constraint");
          ui.click("Add health check");
          ui.click("Review the plan");
          ui.sees("This cannot be applied as it is");
        });
    all.put(
        "keys",
        ui -> {
          UiShown.show(ui, "/volumes");
          ui.page().keyboard().press("?");
          ui.dialog().waitFor();
        });
    return all;
  }

  @Test
  void theFirstLoadIsSmall() {
    try (UiBrowser ui = new UiBrowser(server)) {
      UiShown.show(ui, "/");
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
        UiShown.show(ui, page.getValue());
        Object width = ui.page().evaluate("() => document.documentElement.scrollWidth");
        if (((Number) width).intValue() > 360) {
          wide.add(page.getKey() + ": " + width);
        }
        UiShown.picture(ui, page.getKey() + "-narrow");
      }
      assertThat(elsewhere).isEmpty();
      assertThat(wide).isEmpty();
    }
  }

  @Test
  void anIdlePageAsksForLessThanOneThingASecond() {
    try (UiBrowser ui = new UiBrowser(server)) {
      UiShown.show(ui, "/volumes");
      List<String> requests = new ArrayList<>();
      ui.page().onRequest(request -> requests.add(request.url()));
      ui.page().waitForTimeout(IDLE_SECONDS * 1000.0);
      assertThat(requests).hasSizeLessThanOrEqualTo(IDLE_SECONDS);
    }
  }
}
