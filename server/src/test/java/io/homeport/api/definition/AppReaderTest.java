package io.homeport.api.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.BackoffStrategy;
import io.homeport.model.Network;
import io.homeport.model.Residency;
import io.homeport.model.Resources;
import io.homeport.model.RunCommand;
import io.homeport.model.UnreachableStrategy;
import io.homeport.model.UpgradeStrategy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What good definitions come to: defaults, derived fields, old forms, warnings. */
class AppReaderTest {
  private static final Context CONTEXT = Context.ofRole("homeport");

  /** The example of Marathon's page on persistent volumes. */
  private static final String DOCUMENT =
      """
      {
        "id": "/sesame/samson",
        "residency": {
          "relaunchEscalationTimeoutSeconds": 30,
          "taskLostBehavior": "WAIT_FOREVER"
        },
        "cpus": 0.5,
        "mem": 512.0,
        "disk": 1024.0,
        "instances": 2,
        "container": {
          "type": "MESOS",
          "volumes": [
            {
              "containerPath": "data",
              "mode": "RW",
              "persistent": {
                "size": 10
              }
            }
          ]
        }
      }
      """;

  @Test
  void theDocumentIsAcceptedVerbatim() {
    Reading reading = reading(DOCUMENT);
    AppDefinition app = reading.definition().orElseThrow();
    assertThat(app.id()).isEqualTo(new AppId("/sesame/samson"));
    assertThat(app.command()).isEqualTo(new RunCommand.Pause());
    assertThat(app.instances()).isEqualTo(2);
    assertThat(app.resources()).isEqualTo(new Resources(0.5, 512, 1024, 0));
    assertThat(app.persistentVolumes()).hasSize(1);
    assertThat(app.residency())
        .contains(new Residency(Duration.ofSeconds(30), Residency.TaskLostBehavior.WAIT_FOREVER));
    assertThat(app.upgradeStrategy()).isEqualTo(UpgradeStrategy.STATEFUL);
    assertThat(app.unreachableStrategy()).isEqualTo(new UnreachableStrategy.Disabled());
    assertThat(reading.warnings()).hasSize(1).first().asString().contains("neither cmd nor args");
  }

  @Test
  void defaultsAreMarathons() {
    AppDefinition app = accepted("{\"id\":\"web\",\"cmd\":\"a\"}");
    assertThat(app.id()).isEqualTo(new AppId("/web"));
    assertThat(app.instances()).isEqualTo(1);
    assertThat(app.resources()).isEqualTo(new Resources(1, 128, 0, 0));
    assertThat(app.networks()).containsExactly(Network.HOST);
    assertThat(app.portDefinitions()).hasSize(1);
    assertThat(app.portDefinitions().getFirst().name()).contains("default");
    assertThat(app.backoff()).isEqualTo(BackoffStrategy.DEFAULT);
    assertThat(app.upgradeStrategy()).isEqualTo(UpgradeStrategy.STATELESS);
    assertThat(app.unreachableStrategy())
        .isEqualTo(new UnreachableStrategy.Enabled(Duration.ZERO, Duration.ZERO));
    assertThat(app.residency()).isEmpty();
    assertThat(app.role()).isEqualTo("homeport");
    assertThat(app.acceptedResourceRoles()).isEmpty();
  }

  @Test
  void explicitlyNoPortsAreNone() {
    assertThat(accepted("{\"id\":\"web\",\"cmd\":\"a\",\"ports\":[]}").portDefinitions()).isEmpty();
    assertThat(accepted("{\"id\":\"web\",\"cmd\":\"a\",\"portDefinitions\":[]}").portDefinitions())
        .isEmpty();
  }

  @Test
  void residencyWithoutVolumesIsLeftOutWithAWarning() {
    Reading reading =
        reading(
            "{\"id\":\"/x\",\"cmd\":\"a\",\"residency\":{\"taskLostBehavior\":\"WAIT_FOREVER\"}}");
    assertThat(reading.definition().orElseThrow().residency()).isEmpty();
    assertThat(reading.warnings())
        .containsExactly("residency is left out: it has no effect without persistent volumes.");
  }

  @Test
  void relaunchAfterTimeoutIsExplained() {
    Reading reading =
        reading(
            DOCUMENT
                .replace("WAIT_FOREVER", "RELAUNCH_AFTER_TIMEOUT")
                .replace("\"id\"", "\"cmd\":\"run\",\"id\""));
    assertThat(reading.warnings()).hasSize(1);
    assertThat(reading.warnings().getFirst())
        .contains("30 seconds after its agent became unreachable")
        .contains("new, empty volumes")
        .contains("left behind");
  }

  @Test
  void amountsKeepThreeDecimals() {
    Reading reading =
        reading("{\"id\":\"/x\",\"cmd\":\"a\",\"cpus\":0.12345,\"mem\":1e2,\"disk\":1.0005}");
    assertThat(reading.definition().orElseThrow().resources())
        .isEqualTo(new Resources(0.123, 100, 1, 0));
    assertThat(reading.warnings())
        .containsExactly(
            "cpus is rounded from 0.12345 to 0.123: resources come in steps of 0.001.",
            "disk is rounded from 1.0005 to 1.000: resources come in steps of 0.001.");
  }

  @Test
  void whatSaysNothingIsIgnored() {
    AppDefinition plain = accepted("{\"id\":\"/x\",\"cmd\":\"a\"}");
    assertThat(
            accepted(
                "{\"id\":\"/x\",\"cmd\":\"a\",\"args\":null,\"executor\":\"\",\"gpus\":0,"
                    + "\"dependencies\":[],\"readinessChecks\":[],\"secrets\":{},\"tty\":false,"
                    + "\"ipAddress\":null,\"storeUrls\":[],\"uris\":[],\"fetch\":[],\"env\":{},"
                    + "\"labels\":{},\"user\":null,\"container\":null,\"tasksRunning\":0,"
                    + "\"version\":\"2015-01-01T00:00:00.000Z\",\"healthChecks\":[],"
                    + "\"constraints\":[],\"networks\":[]}"))
        .isEqualTo(plain);
    assertThat(accepted("{\"id\":\"/x\",\"cmd\":\"a\",\"executor\":\"//cmd\"}")).isEqualTo(plain);
  }

  /** Marathon 1.4 showed the same twice, in its old and its new words. */
  @Test
  void oldOutputMayBeSent() {
    AppDefinition app =
        accepted(
            "{\"id\":\"/x\",\"cmd\":\"a\",\"uris\":[\"http://x/a\"],"
                + "\"fetch\":[{\"uri\":\"http://x/a\",\"extract\":true}],"
                + "\"ports\":[10000],\"portDefinitions\":[{\"port\":10000,\"protocol\":\"tcp\","
                + "\"labels\":{}}],\"container\":{\"type\":\"DOCKER\",\"volumes\":[],"
                + "\"docker\":{\"image\":\"nginx\",\"network\":\"HOST\",\"portMappings\":[],"
                + "\"privileged\":false,\"parameters\":[],\"forcePullImage\":false}}}");
    assertThat(app.fetch()).hasSize(1);
    assertThat(app.portDefinitions()).hasSize(1);
    AppDefinition bridged =
        accepted(
            "{\"id\":\"/x\",\"ports\":[10000],\"portDefinitions\":[{\"port\":10000}],"
                + "\"container\":{\"type\":\"DOCKER\",\"docker\":{\"image\":\"nginx\","
                + "\"network\":\"BRIDGE\",\"portMappings\":[{\"containerPort\":80,"
                + "\"servicePort\":10000}]}}}");
    assertThat(bridged.command()).isEqualTo(new RunCommand.ImageDefault());
    assertThat(bridged.portDefinitions()).isEmpty();
    assertThat(bridged.container().orElseThrow().portMappings().getFirst().hostPort()).contains(0);
  }

  @Test
  void manyProblemsAreCountedAndTheFirstHundredListed() {
    StringBuilder body = new StringBuilder("{\"id\":\"/x\",\"cmd\":\"a\"");
    for (int field = 0; field < 5_000; field++) {
      body.append(",\"field-").append(field).append("\":1");
    }
    List<Problem> problems = reading(body.append("}").toString()).problems();
    assertThat(problems).hasSize(101);
    assertThat(problems.getLast())
        .isEqualTo(new Problem("/", "and 4900 more problems that are not listed"));
  }

  @Test
  void anExpressionTooLongToBeCompiledIsRefused() {
    String nested = "(".repeat(100_000) + "a" + ")".repeat(100_000);
    assertThat(
            reading(
                    "{\"id\":\"/x\",\"cmd\":\"a\",\"constraints\":[[\"rack\",\"LIKE\",\""
                        + nested
                        + "\"]]}")
                .problems())
        .containsExactly(new Problem("/constraints(0)", "is not a valid regular expression"));
  }

  private static AppDefinition accepted(String body) {
    Reading reading = reading(body);
    assertThat(reading.problems()).isEmpty();
    return reading.definition().orElseThrow();
  }

  private static Reading reading(String body) {
    return AppReader.read(json(body), CONTEXT);
  }

  private static JsonNode json(String text) {
    try {
      return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedJsonException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }
}
