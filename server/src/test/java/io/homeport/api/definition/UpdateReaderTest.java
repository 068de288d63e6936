package io.homeport.api.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.FetchUri;
import io.homeport.model.Network;
import io.homeport.model.PortDefinition;
import io.homeport.model.RunCommand;
import io.homeport.model.UpgradeStrategy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What changes of apps come to, and which are refused. */
class UpdateReaderTest {
  private static final Context CONTEXT = Context.ofRole("homeport");
  private static final AppId ID = new AppId("/shop/x");
  private static final Instant VERSION = Instant.parse("2026-11-22T11:00:11.500Z");
  private static final String RESOURCES =
      "Services with persistent volumes configured may not change resource requirements. If you"
          + " need to make this change, please create a new service.";
  private static final String VOLUME =
      "\"container\":{\"type\":\"MESOS\",\"volumes\":[{\"containerPath\":\"data\","
          + "\"persistent\":{\"size\":10}}]}";
  private static final String BRIDGED =
      "\"networks\":[{\"mode\":\"container/bridge\"}],\"container\":{\"type\":\"DOCKER\","
          + "\"docker\":{\"image\":\"nginx\"},\"portMappings\":[{\"containerPort\":80}]}";

  @Test
  void fieldsThatAreGivenReplaceThoseOfTheApp() {
    AppDefinition current =
        app("{\"cmd\":\"a\",\"env\":{\"A\":\"1\",\"B\":\"2\"},\"instances\":3,\"cpus\":0.5}");
    AppDefinition changed = changed(current, "{\"env\":{\"C\":\"3\"},\"instances\":null}");
    assertThat(changed.env()).containsExactly(Map.entry("C", "3"));
    assertThat(changed.instances()).isEqualTo(3);
    assertThat(changed.resources()).isEqualTo(current.resources());
  }

  @Test
  void completeBodiesResetWhatTheyDoNotName() {
    AppDefinition current = app("{\"cmd\":\"a\",\"env\":{\"A\":\"1\"},\"instances\":3}");
    Reading reading = reading(current, "{\"cmd\":\"b\"}", UpdateReader.Kind.COMPLETE, CONTEXT);
    assertThat(reading.definition()).contains(app("{\"cmd\":\"b\"}"));
  }

  @Test
  void cmdAndArgsReplaceEachOther() {
    AppDefinition shell = app("{\"cmd\":\"a\"}");
    AppDefinition exec = changed(shell, "{\"args\":[\"b\",\"c\"]}");
    assertThat(exec.command()).isEqualTo(new RunCommand.Exec(List.of("b", "c")));
    assertThat(changed(exec, "{\"cmd\":\"a\"}")).isEqualTo(shell);
    assertThat(problems(shell, "{\"cmd\":\"a\",\"args\":[\"b\"]}"))
        .containsExactly(
            new Problem(
                "/",
                "AppDefinition must either contain one of 'cmd' or 'args', and/or a"
                    + " 'container'."));
  }

  @Test
  void deprecatedFormsReplaceTodays() {
    AppDefinition current =
        app(
            "{\"cmd\":\"a\",\"fetch\":[{\"uri\":\"http://x/a\"}],"
                + "\"portDefinitions\":[{\"port\":80,\"name\":\"http\"}]}");
    AppDefinition changed =
        changed(current, "{\"uris\":[\"http://x/b.tgz\",\"/c\"],\"ports\":[0,81]}");
    assertThat(changed.fetch())
        .containsExactly(
            new FetchUri("http://x/b.tgz", true, false, false, Optional.empty()),
            new FetchUri("file:///c", false, false, false, Optional.empty()));
    assertThat(changed.portDefinitions())
        .containsExactly(
            new PortDefinition(0, "tcp", Optional.empty(), new TreeMap<>()),
            new PortDefinition(81, "tcp", Optional.empty(), new TreeMap<>()));
  }

  @Test
  void changingNetworksDropsThePortsOfTheOtherKind() {
    AppDefinition onHost = app("{\"cmd\":\"a\",\"portDefinitions\":[{\"port\":80},{\"port\":81}]}");
    AppDefinition bridged = changed(onHost, "{" + BRIDGED + "}");
    assertThat(bridged.portDefinitions()).isEmpty();
    assertThat(bridged.container().orElseThrow().portMappings()).hasSize(1);
    assertThat(bridged.networks().getFirst().mode()).isEqualTo(Network.Mode.CONTAINER_BRIDGE);
    Reading back =
        reading(
            bridged, "{\"networks\":[{\"mode\":\"host\"}]}", UpdateReader.Kind.PARTIAL, CONTEXT);
    assertThat(back.warnings()).isEmpty();
    assertThat(back.definition().orElseThrow().portDefinitions()).hasSize(1);
    AppDefinition old =
        changed(
            onHost,
            "{\"container\":{\"type\":\"DOCKER\",\"docker\":{\"image\":\"nginx\","
                + "\"network\":\"BRIDGE\",\"portMappings\":[{\"containerPort\":80}]}}}");
    assertThat(old).isEqualTo(bridged);
  }

  @Test
  void volumesForbidChangesWithEverythingElseThatIsWrong() {
    AppDefinition current = app("{\"cmd\":\"a\"," + VOLUME + "}");
    assertThat(problems(current, "{\"cpus\":0.2,\"mem\":\"x\",\"nope\":1}"))
        .containsExactly(
            new Problem("/mem", "expected a number, found the string \"x\""),
            new Problem("/nope", "is not a known field"),
            new Problem("/cpus", RESOURCES));
    assertThat(problems(current, "{\"container\":{\"type\":\"MESOS\",\"volumes\":[]}}"))
        .containsExactly(
            new Problem("/container/volumes", "Persistent volumes can not be changed!"));
    assertThat(problems(app("{\"cmd\":\"a\"}"), "{" + VOLUME + "}"))
        .containsExactly(
            new Problem("/container/volumes", "Persistent volumes can not be changed!"));
    assertThat(changed(current, "{\"cmd\":\"b\",\"instances\":5}").instances()).isEqualTo(5);
  }

  @Test
  void aLabelCanMakeAnAppOneOfASingleInstance() {
    AppDefinition single =
        changed(app("{\"cmd\":\"a\"}"), "{\"labels\":{\"MARATHON_SINGLE_INSTANCE_APP\":\"true\"}}");
    assertThat(single.upgradeStrategy()).isEqualTo(new UpgradeStrategy(0, 0));
    assertThat(problems(single, "{\"instances\":2}"))
        .containsExactly(
            new Problem("/instances", "Single instance app may only have one instance"));
  }

  @Test
  void aVersionAloneGoesBack() {
    AppDefinition current = app("{\"cmd\":\"a\"}");
    String version = "\"version\":\"2026-01-02T03:04:05.006Z\"";
    Instant wanted = Instant.parse("2026-01-02T03:04:05.006Z");
    assertThat(update(current, "{" + version + "}")).isEqualTo(new Update.Rollback(wanted));
    assertThat(update(current, "{\"id\":\"/shop/x\"," + version + "}"))
        .isEqualTo(new Update.Rollback(wanted));
    assertThat(problems(current, "{" + version + ",\"cmd\":\"b\"}"))
        .containsExactly(
            new Problem(
                "/version", "The 'version' field may only be combined with the 'id' field."));
    assertThat(problems(current, "{\"version\":\"yesterday\",\"id\":\"/y\"}"))
        .containsExactly(
            new Problem("/id", "got \"/y\", but the request is for /shop/x"),
            new Problem(
                "/version",
                "expected a version such as 2026-01-31T09:30:00.000Z, found \"yesterday\""));
    assertThat(problems(current, "{\"version\":5}"))
        .containsExactly(
            new Problem(
                "/version",
                "expected a string, found the number 5; write it in quotation marks: \"5\""));
  }

  @Test
  void whatWasReadMayBeSentBackChanged() {
    AppDefinition current = app("{\"cmd\":\"a\"}").asVersion(1, VERSION, VERSION, VERSION);
    AppDefinition changed =
        changed(current, "{\"version\":\"2026-11-22T11:00:11.500Z\",\"instances\":2}");
    assertThat(changed.instances()).isEqualTo(2);
    String older = "{\"version\":\"2020-01-01T00:00:00.000Z\",\"versionInfo\":{},\"instances\":4}";
    assertThat(changed(current, older).instances()).isEqualTo(4);
  }

  @Test
  void theIdMayBeGivenIfItMeansTheSame() {
    AppDefinition current = app("{\"cmd\":\"a\"}");
    for (String id : List.of("/shop/x", "shop/x", "x")) {
      assertThat(changed(current, "{\"id\":\"" + id + "\"}")).isEqualTo(current);
    }
    assertThat(problems(current, "{\"id\":\"/x\"}"))
        .containsExactly(new Problem("/id", "got \"/x\", but the request is for /shop/x"));
  }

  @Test
  void anAppKeepsItsRoleWhenTheServerGetsAnother() {
    AppDefinition current = app("{\"cmd\":\"a\"," + VOLUME + "}");
    Context later = Context.ofRole("other");
    for (UpdateReader.Kind kind : UpdateReader.Kind.values()) {
      Reading reading = reading(current, "{\"cmd\":\"b\"," + VOLUME + "}", kind, later);
      assertThat(reading.problems()).isEmpty();
      assertThat(reading.definition().orElseThrow().role()).isEqualTo("homeport");
    }
    Reading moved = reading(current, "{\"role\":\"other\"}", UpdateReader.Kind.PARTIAL, later);
    assertThat(moved.problems()).extracting(Problem::path).containsExactly("/role");
  }

  @Test
  void anAppThatDoesNotExistIsRead() {
    Update created =
        UpdateReader.read(
            json("{\"cmd\":\"a\"}"), ID, Optional.empty(), UpdateReader.Kind.PARTIAL, CONTEXT);
    assertThat(created)
        .isEqualTo(
            new Update.Definition(
                new Reading(Optional.of(app("{\"cmd\":\"a\"}")), List.of(), List.of())));
  }

  @Test
  void severalAppsAreReadWithTheirPositions() {
    AppDefinition current = app("{\"cmd\":\"a\"," + VOLUME + "}");
    String body =
        "[{\"id\":\"/shop/x\",\"cpus\":3},{\"id\":\"/y\",\"cmd\":\"\"},{\"cmd\":\"b\"},5,"
            + "{\"id\":\"/y\",\"cmd\":\"b\"}]";
    BulkReading reading = bulk(current, body);
    assertThat(reading.updates()).isEmpty();
    assertThat(reading.problems())
        .containsExactly(
            new Problem("/(0)/cpus", RESOURCES),
            new Problem("/(1)/cmd", "must not be an empty string"),
            new Problem("/(2)/id", "is missing: expected the id of the app"),
            new Problem("/(3)", "expected an object, found the number 5"),
            new Problem("/(4)/id", "entry (1) is for /y too"));
  }

  @Test
  void severalAppsMayBeChangedCreatedAndSetBack() {
    AppDefinition current = app("{\"cmd\":\"a\"}");
    BulkReading reading =
        bulk(current, "[{\"id\":\"/y\",\"cmd\":\"b\"},{\"id\":\"/shop/x\",\"instances\":2}]");
    assertThat(reading.problems()).isEmpty();
    assertThat(reading.updates()).extracting(NamedUpdate::id).containsExactly(new AppId("/y"), ID);
    BulkReading back =
        bulk(current, "[{\"id\":\"/shop/x\",\"version\":\"2026-11-22T11:00:11.500Z\"}]");
    assertThat(back.updates()).containsExactly(new NamedUpdate(ID, new Update.Rollback(VERSION)));
    assertThat(bulk(current, "[]")).isEqualTo(new BulkReading(List.of(), List.of()));
    assertThat(bulk(current, "{}").problems())
        .containsExactly(new Problem("/", "expected an array of apps, found an empty object"));
  }

  private static BulkReading bulk(AppDefinition current, String body) {
    return UpdateReader.readAll(
        json(body),
        id -> id.equals(ID) ? Optional.of(current) : Optional.empty(),
        UpdateReader.Kind.PARTIAL,
        CONTEXT);
  }

  private static AppDefinition app(String body) {
    return AppReader.read(json(body), ID, CONTEXT).definition().orElseThrow();
  }

  private static AppDefinition changed(AppDefinition current, String body) {
    Reading reading = reading(current, body, UpdateReader.Kind.PARTIAL, CONTEXT);
    assertThat(reading.problems()).isEmpty();
    return reading.definition().orElseThrow();
  }

  private static List<Problem> problems(AppDefinition current, String body) {
    Reading reading = reading(current, body, UpdateReader.Kind.PARTIAL, CONTEXT);
    assertThat(reading.definition()).isEmpty();
    return reading.problems();
  }

  private static Reading reading(
      AppDefinition current, String body, UpdateReader.Kind kind, Context context) {
    Update update = UpdateReader.read(json(body), ID, Optional.of(current), kind, context);
    return ((Update.Definition) update).reading();
  }

  private static Update update(AppDefinition current, String body) {
    return UpdateReader.read(
        json(body), ID, Optional.of(current), UpdateReader.Kind.PARTIAL, CONTEXT);
  }

  private static JsonNode json(String text) {
    try {
      return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedJsonException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }
}
