package io.homeport.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.Agent;
import io.homeport.model.AgentStatus;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Offer;
import io.homeport.model.OperationUpdate;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.master.Protos.Response;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every event of a real Mesos is understood, in both encodings. */
final class TapeEventsTest {
  static List<String> tapes() {
    return Tape.NAMES;
  }

  @ParameterizedTest
  @MethodSource("tapes")
  void everyEventDecodesWithoutLoss(String name) throws Exception {
    Tape tape = Tape.read(name);
    int events = 0;
    for (Tape.Line line : tape.lines()) {
      if (line.isEvent()) {
        events++;
        Event event = line.event();
        assertThat(Canonical.of(ProtobufJson.write(event)))
            .isEqualTo(Canonical.of(withoutNews(line.json().get("event"))));
        byte[] wire = Encoding.PROTOBUF.encode(event);
        assertThat(Encoding.PROTOBUF.decode(wire, Event.newBuilder()).build()).isEqualTo(event);
        translate(event);
      }
    }
    assertThat(events).isGreaterThan(5);
  }

  /** A capability of masters that is newer than the protocol's types: it is passed over. */
  private static JsonNode withoutNews(JsonNode event) {
    return ProtobufJson.MAPPER.readTree(event.toString().replace("{\"type\":\"QUOTA_V2\"}", "{}"));
  }

  private static List<ClusterEvent> translate(Event event) {
    List<ClusterEvent> translated = new ArrayList<>();
    event
        .getOffers()
        .getOffersList()
        .forEach(
            offer ->
                translated.add(
                    new ClusterEvent.OffersReceived(
                        List.of(OfferTranslation.offer(offer, TestOffers.AGENT)))));
    if (event.getType() == Event.Type.UPDATE) {
      TaskUpdate update = UpdateTranslation.task(event.getUpdate().getStatus()).orElseThrow();
      assertThat(update.state().name()).isEqualTo(event.getUpdate().getStatus().getState().name());
      assertThat(update.uuid().isPresent()).isEqualTo(event.getUpdate().getStatus().hasUuid());
      translated.add(new ClusterEvent.TaskUpdated(update));
    }
    if (event.getType() == Event.Type.UPDATE_OPERATION_STATUS) {
      OperationUpdate update =
          UpdateTranslation.operation(event.getUpdateOperationStatus().getStatus()).orElseThrow();
      translated.add(new ClusterEvent.OperationUpdated(update));
    }
    return translated;
  }

  @Test
  void theTapesShowEveryKindOfUpdate() {
    List<TaskUpdate> updates = new ArrayList<>();
    for (String name : Tape.NAMES) {
      for (Tape.Line line : Tape.read(name).lines()) {
        if (line.isEvent() && line.event().getType() == Event.Type.UPDATE) {
          updates.add(UpdateTranslation.task(line.event().getUpdate().getStatus()).orElseThrow());
        }
      }
    }

    assertThat(updates)
        .extracting(TaskUpdate::state)
        .contains(
            TaskState.TASK_STARTING,
            TaskState.TASK_RUNNING,
            TaskState.TASK_KILLING,
            TaskState.TASK_KILLED,
            TaskState.TASK_FINISHED,
            TaskState.TASK_FAILED,
            TaskState.TASK_ERROR,
            TaskState.TASK_DROPPED,
            TaskState.TASK_UNREACHABLE,
            TaskState.TASK_GONE,
            TaskState.TASK_GONE_BY_OPERATOR,
            TaskState.TASK_UNKNOWN);
    assertThat(updates)
        .extracting(TaskUpdate::reason)
        .contains("REASON_CONTAINER_LIMITATION_DISK", TaskUpdate.REASON_AGENT_DRAINING, "");
    assertThat(updates).extracting(TaskUpdate::healthy).contains(Optional.of(false));
    assertThat(updates).extracting(TaskUpdate::ipAddresses).contains(List.of("127.0.0.1"));
  }

  @Test
  void anOfferCarriesTheReservationAndItsVolume() {
    Offer offer =
        Tape.read("12-conflicts-and-halves").lines().stream()
            .filter(Tape.Line::isEvent)
            .flatMap(line -> line.event().getOffers().getOffersList().stream())
            .map(each -> OfferTranslation.offer(each, TestOffers.AGENT))
            .filter(each -> !each.reservations().isEmpty())
            .findFirst()
            .orElseThrow();

    assertThat(offer.reservations()).hasSize(1);
    assertThat(offer.reservations().getFirst().id().value()).isEqualTo("two.0");
    assertThat(offer.reservations().getFirst().resources().disk()).isEqualTo(10);
    assertThat(offer.unreserved().ports().contains(31100)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void theRawStreamIsReadRecordByRecord(Encoding encoding) throws Exception {
    String file = encoding == Encoding.JSON ? "06-raw-stream.json" : "06-raw-stream.pb";
    RecordReader records = new RecordReader(new ByteArrayInputStream(Tape.bytes(file)));
    List<Event.Type> types = new ArrayList<>();
    for (Optional<byte[]> record = records.next(); record.isPresent(); record = records.next()) {
      types.add(encoding.decode(record.get(), Event.newBuilder()).build().getType());
    }

    assertThat(types).startsWith(Event.Type.SUBSCRIBED, Event.Type.HEARTBEAT, Event.Type.OFFERS);
  }

  @Test
  void agentsAreKnownWithTheirStatus() {
    KnownAgents agents = new KnownAgents(false);
    List<ClusterEvent.AgentReported> reports =
        agents.learn(agents("09-master-GET_AGENTS-drained.json"), true);

    assertThat(reports)
        .extracting(ClusterEvent.AgentReported::status)
        .containsExactlyInAnyOrder(AgentStatus.DRAINED, AgentStatus.ACTIVE);
    Agent drained =
        reports.stream()
            .filter(report -> report.status() == AgentStatus.DRAINED)
            .findFirst()
            .orElseThrow()
            .agent();
    assertThat(drained.hostname()).isEqualTo("127.0.0.3");
    assertThat(drained.attributes()).containsEntry("rack", "r3");
    assertThat(agents.hasFeedback(drained.id())).isTrue();
    assertThat(agents.address(drained.id()).orElseThrow()).hasToString("http://127.0.0.1:5163");
    assertThat(agents.learn(agents("09-master-GET_AGENTS-drained.json"), false)).isEmpty();
  }

  @Test
  void anAgentInItsWindowOfMaintenanceGetsNothingNew() {
    KnownAgents agents = new KnownAgents(false);
    Response.GetAgents listed = agents("07-master-GET_AGENTS.json");
    agents.learn(listed, true);
    String id = listed.getAgents(0).getAgentInfo().getId().getValue();
    org.apache.mesos.v1.Protos.Offer.Builder offer = TestOffers.EMPTY.toBuilder();
    offer.getAgentIdBuilder().setValue(id);
    assertThat(agents.heardOf(offer.build())).isEmpty();

    offer.getUnavailabilityBuilder().getStartBuilder().setNanoseconds(1);

    assertThat(agents.heardOf(offer.build()))
        .map(ClusterEvent.AgentReported::status)
        .contains(AgentStatus.DRAINING);
    assertThat(agents.learn(listed, false)).as("the list says nothing of it").isEmpty();
    offer.getUnavailabilityBuilder().getDurationBuilder().setNanoseconds(1);
    assertThat(agents.heardOf(offer.build()))
        .map(ClusterEvent.AgentReported::status)
        .contains(AgentStatus.ACTIVE);
  }

  private static Response.GetAgents agents(String file) {
    Response.Builder response = Response.newBuilder();
    ProtobufJson.read(json(file), response);
    return response.build().getGetAgents();
  }

  private static JsonNode json(String file) {
    return ProtobufJson.MAPPER.readTree(Tape.text(file));
  }

  @Test
  void anotherFrameworkInTheRoleIsSeen() {
    Response.Builder response = Response.newBuilder();
    ProtobufJson.read(json("07-master-GET_FRAMEWORKS.json"), response);
    Response.GetFrameworks listed = response.build().getGetFrameworks();
    Optional<String> own = Optional.of("e55a1617-9b37-4bf8-a9d1-a4206abd532e-0000");

    assertThat(RoleNeighbours.in(listed, "homeport", own))
        .singleElement()
        .asString()
        .contains("another framework, same role");
    assertThat(RoleNeighbours.in(listed, "elsewhere", own)).isEmpty();
  }
}
