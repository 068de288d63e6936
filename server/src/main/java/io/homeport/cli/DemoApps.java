package io.homeport.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The apps of a demo: the files of the directory {@code examples}. */
final class DemoApps {
  private static final List<String> EXAMPLES =
      List.of("samson.json", "notes.json", "ticker.json", "checked.json");
  private static final String DATABASE = "mariadb.json";
  private static final List<Path> DATABASE_PROGRAMS =
      List.of(Path.of("/usr/sbin/mariadbd"), Path.of("/usr/bin/mariadb-install-db"));
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Session session;

  /**
   * The apps.
   *
   * @param session the demo's server
   */
  DemoApps(Session session) {
    this.session = session;
  }

  /**
   * Deploys them, and waits until they run.
   *
   * @throws IOException when this build has no examples
   * @throws InterruptedException when interrupted
   */
  void deploy() throws IOException, InterruptedException {
    List<String> files = new ArrayList<>(EXAMPLES);
    boolean database = DATABASE_PROGRAMS.stream().allMatch(Files::isExecutable);
    if (database) {
      files.add(DATABASE);
    }
    List<String> apps = new ArrayList<>();
    for (String file : files) {
      String definition = read(file);
      apps.add(JsonMapper.shared().readTree(definition).path("id").asString(""));
      session.send("POST", "/v2/apps", definition);
    }
    session.print("Deploying " + apps.size() + " apps of examples/ on three agents ...");
    if (!database) {
      session.print("  (without examples/mariadb.json: no MariaDB server is installed here)");
    }
    await(apps);
  }

  private static String read(String file) throws IOException {
    try (InputStream stream = DemoApps.class.getResourceAsStream("examples/" + file)) {
      if (stream == null) {
        throw new IOException("this build has no example " + file);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void await(List<String> apps) throws InterruptedException {
    List<String> open = new ArrayList<>(apps);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!open.isEmpty()) {
      open.removeIf(this::isRunning);
      if (System.nanoTime() > end) {
        session.print("  These do not run yet; the rest of the demo goes on:");
        open.forEach(id -> session.print("  " + why(id)));
        return;
      }
      Thread.sleep(PAUSE);
    }
  }

  /** Whether an app is as it shall be; says so. */
  private boolean isRunning(String id) {
    JsonNode app = session.api().get("/v2/apps" + id).path("app");
    if (!AppText.status(app).equals("running")) {
      return false;
    }
    int volumes = session.api().get("/v2/volumes?app=" + id).path("volumes").size();
    session.print(
        "  "
            + id
            + " ".repeat(Math.max(1, 18 - id.length()))
            + AppText.instances(app)
            + " running"
            + (volumes == 0 ? "" : ", " + volumes + (volumes == 1 ? " volume" : " volumes")));
    return true;
  }

  private String why(String app) {
    return app
        + ": "
        + session.api().get("/v2/apps" + app + "/explain").path("summary").asString("");
  }
}
