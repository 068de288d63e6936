package io.homeport.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AgentId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Each call that Homeport would make in the situations of the recordings is the recorded one. Left
 * out is what Homeport never does: volumes that grow, CREATE without RESERVE on unreserved disk,
 * kills of tasks without an agent, and the end of a framework.
 */
final class TapeCallsTest {
  @ParameterizedTest
  @CsvSource({
    "01-stateful-lifecycle, 25",
    "02-refused-and-failed, 25",
    "03-agent-lost-and-back, 25",
    "04-failover-and-reconcile, 30",
    "08-health-checks, 18",
    "09-agent-drain, 15",
    "12-conflicts-and-halves, 25",
    "13-kill-while-unreachable-and-new-agent-id, 25"
  })
  void ourCallsAreTheRecordedOnes(String name, int least) {
    Map<String, Offer> offers = new HashMap<>();
    int compared = 0;
    for (Tape.Line line : Tape.read(name).lines()) {
      if (line.isEvent() && line.event().getType() == Event.Type.OFFERS) {
        line.event()
            .getOffers()
            .getOffersList()
            .forEach(offer -> offers.put(offer.getId().getValue(), offer));
      }
      if (line.isCall() && isOurs(line.call())) {
        Call recorded = line.call();
        assertThat(Canonical.of(ProtobufJson.write(ours(recorded, offers))))
            .as("%s, call %s", name, line.json().get("n"))
            .isEqualTo(Canonical.of(ProtobufJson.write(withoutChecks(recorded))));
        compared++;
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(least);
  }

  private static boolean isOurs(Call call) {
    return switch (call.getType()) {
      case TEARDOWN -> false;
      case KILL -> call.getKill().hasAgentId();
      case ACCEPT ->
          call.getAccept().getOperationsList().stream()
              .noneMatch(
                  operation ->
                      operation.hasGrowVolume()
                          || operation.getId().getValue().equals("create-unreserved")
                          || operation.getId().getValue().equals("reserve-wrong-principal")
                          || operation.getLaunch().getTaskInfosList().stream()
                              .anyMatch(TapeCallsTest::hasNoCommand));
      default -> true;
    };
  }

  private static boolean hasNoCommand(org.apache.mesos.v1.Protos.TaskInfo task) {
    return !task.getCommand().hasValue();
  }

  private static Call ours(Call recorded, Map<String, Offer> offers) {
    String installation = installation(recorded);
    CallTranslation translation = new CallTranslation(options(), installation);
    Optional<String> frameworkId =
        recorded.hasFrameworkId()
            ? Optional.of(recorded.getFrameworkId().getValue())
            : Optional.empty();
    if (recorded.getType() == Call.Type.SUBSCRIBE) {
      return withSharedVolumes(translation.subscribe(frameworkId, "127.0.0.1"));
    }
    List<Offer> used =
        recorded.getAccept().getOfferIdsList().stream()
            .flatMap(id -> Optional.ofNullable(offers.get(id.getValue())).stream())
            .toList();
    Call made =
        translation.call(
            ModelCalls.of(recorded).orElseThrow(), frameworkId.orElseThrow(), used, _ -> true);
    boolean unfiltered = recorded.hasAccept() && !recorded.getAccept().hasFilters();
    return unfiltered
        ? made.toBuilder().setAccept(made.getAccept().toBuilder().clearFilters()).build()
        : made;
  }

  /** The recorded client asked to see shared volumes, which Homeport makes none of. */
  private static Call withSharedVolumes(Call subscribe) {
    Call.Builder call = subscribe.toBuilder();
    FrameworkInfo.Builder info = call.getSubscribeBuilder().getFrameworkInfoBuilder();
    info.addCapabilities(
        3,
        FrameworkInfo.Capability.newBuilder()
            .setType(FrameworkInfo.Capability.Type.SHARED_RESOURCES));
    return call.build();
  }

  /** General checks, which inform and decide nothing, are not part of Homeport's apps. */
  private static Call withoutChecks(Call recorded) {
    Call.Builder call = recorded.toBuilder();
    if (recorded.hasAccept()) {
      call.getAcceptBuilder()
          .getOperationsBuilderList()
          .forEach(
              operation -> {
                if (operation.hasLaunch()) {
                  operation
                      .getLaunchBuilder()
                      .getTaskInfosBuilderList()
                      .forEach(task -> task.clearCheck());
                }
              });
    }
    return call.build();
  }

  private static String installation(Call call) {
    JsonNode json = ProtobufJson.write(call);
    return json.findParents("key").stream()
        .filter(label -> label.get("key").asString().equals(Ownership.INSTALLATION))
        .map(label -> label.get("value").asString())
        .findFirst()
        .orElse("installation");
  }

  private static MesosOptions options() {
    return new MesosOptions(
        "127.0.0.1:5150",
        "tape",
        "homeport",
        "root",
        Optional.of("http://127.0.0.1:8080/"),
        Duration.ofDays(7),
        false,
        false,
        false,
        new MesosOptions.Security(
            Optional.of("homeport"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false));
  }

  @Test
  void agentsWithoutFeedbackGetNoOperationIdsAndAreNotAskedForThem() {
    CallTranslation translation = new CallTranslation(options(), "installation");
    Call asked =
        translation.call(
            new io.homeport.model.Call.ReconcileOperations(
                List.of(
                    new io.homeport.model.Call.KnownOperation(
                        new io.homeport.model.OperationId("reserve~a~1"), new AgentId("old")))),
            "framework",
            List.of(),
            _ -> false);

    assertThat(asked.getReconcileOperations().getOperationsList()).isEmpty();
  }
}
