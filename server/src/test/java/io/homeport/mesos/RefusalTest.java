package io.homeport.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every refusal of a real Mesos has a sentence and a reaction. */
final class RefusalTest {
  @Test
  void everyRecordedErrorIsUnderstood() {
    int refusals = 0;
    for (JsonNode error : ProtobufJson.MAPPER.readTree(Tape.text("05-http-errors.json"))) {
      int status = error.get("status").asInt();
      if (status == 200) {
        continue; // the stream whose ERROR event says what was wrong
      }
      refusals++;
      Refusal refusal =
          Refusal.of(status, error.get("body").asString(), error.get("subscribing").asBoolean());
      assertThat(refusal.sentence())
          .as(error.get("note").asString())
          .doesNotContain("HTTP status")
          .contains(status == 400 ? "" : "Mesos says: ");
      assertThat(refusal.reaction())
          .as(error.get("note").asString())
          .isEqualTo(expected(error.get("note").asString()));
    }
    assertThat(refusals).isEqualTo(10);
  }

  private static Refusal.Reaction expected(String note) {
    return switch (note) {
      case "SUBSCRIBE without body" -> Refusal.Reaction.STOP;
      case "malformed JSON", "call without framework id", "ACCEPT without body" ->
          Refusal.Reaction.REPORT;
      default -> Refusal.Reaction.RECONNECT;
    };
  }

  @Test
  void errorsThatEndAStreamSayTheWayOut() {
    assertThat(Refusal.ofError("Framework has been removed").sentence())
        .contains("--mesos-new-framework")
        .contains("volumes are kept");
    assertThat(Refusal.ofError("Framework failed over").reaction())
        .isEqualTo(Refusal.Reaction.STOP);
    assertThat(Refusal.of(401, "", true).sentence()).contains("--mesos-principal");
    assertThat(Refusal.of(307, "", false).reaction()).isEqualTo(Refusal.Reaction.RECONNECT);
  }
}
