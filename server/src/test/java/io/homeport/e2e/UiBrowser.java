package io.homeport.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Debian's Chromium, without a window, on the web UI of a server. */
final class UiBrowser implements AutoCloseable {
  /** More than the longest page has to go to. */
  private static final int MOST_PRESSES = 150;

  private static final String FOCUSED = "() => document.activeElement?.outerHTML.slice(0, 200)";

  private final Playwright playwright;
  private final Browser browser;
  private final BrowserContext context;
  private final Page page;
  private final String url;
  private final List<String> faults = new ArrayList<>();

  UiBrowser(ServerProcess server) {
    this(server, 1360, 900);
  }

  UiBrowser(ServerProcess server, int width, int height) {
    this(server.port(), width, height);
  }

  UiBrowser(int port, int width, int height) {
    this.url = "http://127.0.0.1:" + port + "/ui";
    this.playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium())
                    .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    this.context =
        browser.newContext(new Browser.NewContextOptions().setViewportSize(width, height));
    context.setDefaultTimeout(30_000);
    this.page = context.newPage();
    page.onPageError(faults::add);
  }

  private static Path chromium() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "needs Chromium for the tests of the web UI (Debian: apt-get install chromium)"));
  }

  Page page() {
    return page;
  }

  /** What scripts of the page threw and nobody caught. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  void open(String path) {
    page.navigate(url + path);
  }

  void click(String button) {
    button(button).click();
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** A button of the dialog that is open. */
  Locator dialogButton(String name) {
    return dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator dialog() {
    return page.getByRole(AriaRole.DIALOG);
  }

  void tab(String name) {
    page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name)).click();
  }

  void menu(String item) {
    page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(item).setExact(true))
        .click();
  }

  /** A menu's item, chosen by arrow keys and Enter while the menu is open. */
  void menuByKeys(String item) {
    Locator wanted =
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(item).setExact(true));
    wanted.waitFor();
    pressUntilFocused("ArrowDown", wanted);
    page.keyboard().press("Enter");
  }

  /** Goes to something by the Tab key alone, as people without a mouse do. */
  void tabTo(Locator target) {
    target.waitFor();
    pressUntilFocused("Tab", target);
  }

  /** Goes to something by the Tab key and presses Enter there. */
  void enter(Locator target) {
    tabTo(target);
    page.keyboard().press("Enter");
  }

  /** Goes to a field by the Tab key and types over what is in it. */
  void type(Locator field, String text) {
    tabTo(field);
    page.keyboard().press("Control+A");
    page.keyboard().type(text);
  }

  private void pressUntilFocused(String key, Locator target) {
    for (int presses = 0; presses < MOST_PRESSES; presses++) {
      if ((Boolean) target.evaluate("element => element.contains(document.activeElement)")) {
        return;
      }
      page.keyboard().press(key);
    }
    throw new AssertionError(
        key + " does not lead to " + target + ", but to " + page.evaluate(FOCUSED));
  }

  /** Waits until a text can be seen. */
  void sees(String text) {
    page.getByText(text).first().waitFor();
  }

  Locator row(String text) {
    return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
  }

  @Override
  public void close() {
    context.close();
    browser.close();
    playwright.close();
  }
}
