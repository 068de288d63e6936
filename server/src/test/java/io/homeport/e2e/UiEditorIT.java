package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The editor: form and JSON as views of one definition, and changes based on what was seen. */
class UiEditorIT extends BrowserOnFreshServer {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Path EXAMPLES = Path.of("../examples");
  private static final Path RECORDINGS = Path.of("src/test/resources/io/homeport/e2e/recordings");

  private void mode(String name) {
    ui.page()
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))
        .click();
  }

  private Locator json() {
    return ui.page().getByLabel("Definition as JSON");
  }

  private void write(String text) {
    json().click();
    ui.page().keyboard().press("Control+A");
    ui.page().keyboard().insertText(text);
  }

  private JsonNode written() {
    return JSON.readTree(String.join("\n", json().locator(".cm-line").allInnerTexts()));
  }

  /** What users have: the examples, and what was sent to a real Marathon. */
  private static List<JsonNode> definitions() throws IOException {
    List<JsonNode> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".json")).sorted().toList()) {
        all.add(JSON.readTree(Files.readString(file)));
      }
    }
    try (Stream<Path> files = Files.list(RECORDINGS)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".jsonl")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode body = JSON.readTree(line).at("/request/body");
          if (body.path("id").isString() && !all.contains(body)) {
            all.add(body);
          }
        }
      }
    }
    return all;
  }

  @Test
  void formAndJsonAreViewsOfOneDefinition() throws IOException {
    List<JsonNode> definitions = definitions();
    assertThat(definitions).hasSizeGreaterThan(10);
    // High enough for every line: the editor renders only those that can be seen.
    ui.page().setViewportSize(1360, 6000);
    ui.open("/create");
    for (JsonNode definition : definitions) {
      mode("JSON");
      write(JSON.writeValueAsString(definition));
      mode("Form");
      Locator id = ui.page().locator("#field--id");
      assertThat(id.inputValue()).isEqualTo(definition.path("id").asString());
      // A change in the form changes that place, and nothing else.
      id.fill("/somewhere/else");
      id.fill(definition.path("id").asString());
      mode("JSON");
      JsonNode written = written();
      assertThat(written.equals(UiEditorIT::byValue, definition)).as("%s", written).isTrue();
    }
  }

  /** JavaScript writes 512.0 as 512, which is the same number. */
  private static int byValue(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue());
    }
    return one.equals(other) ? 0 : 1;
  }

  @Test
  void theJsonModeCompletesAndMarksWhatTheServerRefuses() {
    ui.open("/create");
    mode("JSON");
    write("{\"id\": \"/a\", \"cmd\": \"x\", \"inst\": 1}");
    for (int back = 0; back < 6; back++) {
      ui.page().keyboard().press("ArrowLeft");
    }
    ui.page().keyboard().press("Control+Space");
    ui.page().locator(".cm-tooltip-autocomplete").getByText("instances").waitFor();
    ui.page().keyboard().press("Escape");
    ui.click("Review the plan");
    ui.sees("This cannot be applied as it is");
    assertThat(ui.page().locator(".cm-lintRange-error").count()).isPositive();
  }

  @Test
  void aChangeIsBasedOnTheVersionThatWasSeen() {
    server.post(
        "/v2/apps",
        "{\"id\": \"/a\", \"cmd\": \"sleep 1000\", \"cpus\": 0.1, \"mem\": 16, \"instances\": 1}");
    server.awaitRunning("/a", 1);
    ui.open("/edit/a");
    ui.page().getByLabel("Command").first().fill("sleep 2000");
    server.put("/v2/apps/a", "{\"env\": {\"BY\": \"another\"}}");
    server.awaitRunning("/a", 1);
    ui.sees("The app was changed by someone else since this editor was opened");
    ui.click("Review the plan");
    ui.page()
        .getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("changed by someone else"))
        .last()
        .waitFor();
    assertThat(server.get("/v2/apps/a").body().at("/app/cmd").asString()).isEqualTo("sleep 1000");

    ui.click("Load the new version and drop what is changed here");
    ui.page().getByLabel("Command").first().fill("sleep 3000");
    ui.click("Review the plan");
    ui.sees("Restarts 1 instance of /a.");
    ui.dialogButton("Apply").click();
    ui.page().waitForURL("**/ui/apps/a");
    JsonNode app = server.get("/v2/apps/a").body().path("app");
    assertThat(app.path("cmd").asString()).isEqualTo("sleep 3000");
    assertThat(app.at("/env/BY").asString()).isEqualTo("another");
  }

  @Test
  void earlierVersionsStandBesideTheCurrentOneAndComeBack() {
    server.post(
        "/v2/apps",
        "{\"id\": \"/a\", \"cmd\": \"sleep 1000\", \"cpus\": 0.1, \"mem\": 16, \"instances\": 1}");
    server.awaitRunning("/a", 1);
    String first = server.get("/v2/apps/a").body().at("/app/version").asString();
    server.put("/v2/apps/a", "{\"cmd\": \"sleep 2000\"}");
    server.awaitRunning("/a", 1);
    ui.open("/apps/a?tab=configuration");
    ui.page().getByLabel("Version").selectOption(first);
    assertThat(ui.page().url()).contains("version=");
    Locator changed = ui.page().locator(".hp-diff-changed");
    changed.first().waitFor();
    assertThat(changed.allInnerTexts())
        .anySatisfy(row -> assertThat(row).contains("sleep 1000").contains("sleep 2000"));
    ui.page().reload();
    ui.page().locator(".hp-diff-changed").first().waitFor();
    ui.click("Roll back to this version");
    ui.sees("Restarts 1 instance of /a.");
    ui.dialogButton("Roll back").click();
    ui.dialog()
        .waitFor(
            new Locator.WaitForOptions()
                .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN));
    assertThat(server.get("/v2/apps/a").body().at("/app/cmd").asString()).isEqualTo("sleep 1000");
  }
}
