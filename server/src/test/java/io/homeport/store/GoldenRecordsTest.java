package io.homeport.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeport.model.AccessMode;
import io.homeport.model.Condition;
import io.homeport.model.Constraint;
import io.homeport.model.ContainerType;
import io.homeport.model.Deployment;
import io.homeport.model.DiskType;
import io.homeport.model.Goal;
import io.homeport.model.HealthCheck;
import io.homeport.model.KillSelection;
import io.homeport.model.Network;
import io.homeport.model.Residency;
import io.homeport.model.Volume;
import io.homeport.state.Change;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is on users' disks stays readable. Lines of the golden files are added, never changed or
 * removed; a change of the format gets a new number, a conversion, and new files beside these.
 */
final class GoldenRecordsTest {
  private static final List<Class<? extends Enum<?>>> STORED_CONSTANTS =
      List.of(
          AccessMode.class,
          Condition.class,
          Constraint.Operator.class,
          ContainerType.class,
          Deployment.Kind.class,
          DiskType.class,
          Goal.class,
          HealthCheck.Protocol.class,
          KillSelection.class,
          Network.Mode.class,
          Residency.TaskLostBehavior.class,
          Volume.State.class);

  private static SortedMap<String, String> golden(String file) throws IOException {
    SortedMap<String, String> lines = new TreeMap<>();
    try (InputStream in = GoldenRecordsTest.class.getResourceAsStream(file)) {
      assertThat(in).as(file).isNotNull();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", 2))
          .forEach(parts -> lines.put(parts[0], parts[1]));
    }
    return lines;
  }

  private static String line(Change.Stored change) {
    RecordEdit.Put put = (RecordEdit.Put) RecordEdit.of(change).getFirst();
    return put.kind().word() + "\t" + put.key() + "\t" + put.body();
  }

  @Test
  void goldenRecordsAreReadAndWrittenAsEver() throws Exception {
    SortedMap<String, String> golden = golden("golden-records-format-1.tsv");
    SortedMap<String, Change.Stored> samples = GoldenSamples.all();

    samples.forEach(
        (name, change) ->
            assertThat(line(change)).as("written form of " + name).isEqualTo(golden.get(name)));
    assertThat(golden.keySet()).as("no golden record is dropped").isEqualTo(samples.keySet());
    golden.forEach(
        (name, text) -> {
          String[] parts = text.split("\t");
          assertThat(RecordKind.of(parts[0]).orElseThrow().read(parts[2], new CommonValues()))
              .as("meaning of " + name)
              .isEqualTo(samples.get(name));
        });
  }

  @Test
  void everyKindOfRecordHasAGoldenOne() throws Exception {
    assertThat(golden("golden-records-format-1.tsv").values())
        .extracting(text -> text.substring(0, text.indexOf('\t')))
        .containsOnlyOnceElementsOf(List.of("installation", "term", "framework", "deployment"))
        .contains(Stream.of(RecordKind.values()).map(RecordKind::word).toArray(String[]::new));
  }

  @Test
  void storedConstantsKeepTheirNames() throws Exception {
    SortedMap<String, String> golden = golden("golden-constants-format-1.tsv");

    for (Class<? extends Enum<?>> type : STORED_CONSTANTS) {
      String names =
          Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(" "));
      String name = type.getName().substring("io.homeport.model.".length());
      assertThat(names.split(" "))
          .as("constants of " + name + ", now: " + names)
          .containsExactlyInAnyOrder(golden.getOrDefault(name, "").split(" "));
    }
  }

  @Test
  void whatIsNotUnderstoodIsRefusedWithItsPlace() {
    String body =
        line(Objects.requireNonNull(GoldenSamples.all().get("instance-full"))).split("\t")[2];

    assertRefused(
        RecordKind.INSTANCE,
        body.replace("\"goal\"", "\"aim\""),
        ": expected the field goal, found aim");
    assertRefused(
        RecordKind.INSTANCE,
        body.replace("\"hostname\"", "\"hots\":\"x\",\"hostname\""),
        "/task: expected the field version, found hots");
    assertRefused(RecordKind.INSTANCE, body.replace("KILLING", "FLYING"), "FLYING");
    assertRefused(RecordKind.INSTANCE, body.replace("31001", "\"x\""), "/task/ports/1");
    assertRefused(RecordKind.INSTANCE, body.replace("31001", "1e99"), "/task/ports/1");
    assertRefused(RecordKind.INSTANCE, body.replace("2026-01-02T", "2026-13-02T"), "2026-13-02");
    assertRefused(RecordKind.INSTANCE, body + "x", "not JSON");
    assertRefused(
        RecordKind.INSTANCE,
        body.replace("\"app\"", "\"app\":\"/a\",\"app\""),
        ": expected the field goal, found app");
    assertRefused(
        RecordKind.INSTANCE,
        body.replace(",\"createdAt\"", ",\"zeal\":1,\"createdAt\""),
        ": expected the field createdAt, found zeal");
    assertRefused(
        RecordKind.INSTANCE,
        body.substring(0, body.length() - 1) + ",\"zeal\":1}",
        ": expected no further field, found zeal");
    assertRefused(
        RecordKind.INSTANCE,
        body.replace("\"ordinal\":", "\"ordinal\":[],\"x\":"),
        "/ordinal: expected an integer");
    assertRefused(RecordKind.INSTANCE, body.substring(0, body.length() / 2), "not JSON");
    assertRefused(RecordKind.INSTANCE, "[]", "expected an object");
    assertRefused(RecordKind.TERM, "{}", ": expected the field term, found none");
  }

  private static void assertRefused(RecordKind kind, String body, String message) {
    assertThatThrownBy(() -> kind.read(body, new CommonValues()))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining(message);
  }
}
