package io.homeport.store;

import io.homeport.model.Agent;
import io.homeport.model.DiskSource;
import io.homeport.model.DiskType;
import io.homeport.model.InstanceId;
import io.homeport.model.OperationId;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.ReservationState;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;

/**
 * How reservations, volumes and agents are stored. The names here, and their order, are on users'
 * disks: they never change.
 */
final class ReservationFormat {
  private ReservationFormat() {}

  static void write(RecordWriter out, Reservation reservation) {
    out.text("id", reservation.id().value());
    out.text("app", reservation.appId().path());
    out.integer("ordinal", reservation.ordinal());
    out.text("owner", reservation.owner().map(InstanceId::value));
    out.text("agent", reservation.agent().value());
    out.text("hostname", reservation.hostname());
    out.text("role", reservation.role());
    out.object("resources", reservation.resources(), AppFormat::writeResources);
    out.integers("ports", reservation.ports());
    out.objects("volumes", reservation.volumes(), ReservationFormat::writeVolume);
    out.object("state", reservation.state(), ReservationFormat::writeState);
    out.flag("everRan", reservation.everRan());
  }

  static Reservation read(RecordReader in) {
    return new Reservation(
        new ReservationId(in.id("id")),
        in.app("app"),
        in.integer("ordinal"),
        in.optionalText("owner").map(InstanceId::new),
        in.agent("agent"),
        in.common("hostname"),
        in.common("role"),
        in.commonObject("resources", AppFormat::readResources),
        in.integers("ports"),
        in.objects("volumes", ReservationFormat::readVolume),
        in.commonObject("state", ReservationFormat::readState),
        in.flag("everRan"));
  }

  private static void writeVolume(RecordWriter out, Volume volume) {
    out.text("id", volume.id().value());
    out.text("containerPath", volume.containerPath());
    out.number("sizeMib", volume.sizeMib());
    out.object("source", volume.source(), ReservationFormat::writeSource);
    out.constant("state", volume.state());
    out.instant("createdAt", volume.createdAt());
  }

  private static Volume readVolume(RecordReader in) {
    return new Volume(
        new VolumeId(in.id("id")),
        in.common("containerPath"),
        in.number("sizeMib"),
        in.commonObject("source", ReservationFormat::readSource),
        in.constant("state", Volume.State.class),
        in.instant("createdAt"));
  }

  private static void writeSource(RecordWriter out, DiskSource source) {
    out.constant("type", source.type());
    out.text("path", source.path());
    out.text("profileName", source.profileName());
  }

  private static DiskSource readSource(RecordReader in) {
    return new DiskSource(
        in.constant("type", DiskType.class),
        in.optionalText("path"),
        in.optionalText("profileName"));
  }

  private static void writeState(RecordWriter out, ReservationState state) {
    switch (state) {
      case ReservationState.Requested requested -> {
        out.text("type", "requested");
        out.text("operation", requested.operation().value());
      }
      case ReservationState.Held _ -> out.text("type", "held");
      case ReservationState.LeftBehind leftBehind -> {
        out.text("type", "leftBehind");
        out.instant("since", leftBehind.since());
        out.text("why", leftBehind.why());
        out.text("pending", leftBehind.pending().map(OperationId::value));
      }
      case ReservationState.Releasing releasing -> {
        out.text("type", "releasing");
        out.instant("since", releasing.since());
        out.text("why", releasing.why());
        out.text("pending", releasing.pending().map(OperationId::value));
      }
    }
  }

  private static ReservationState readState(RecordReader in) {
    String type = in.id("type");
    return switch (type) {
      case "requested" -> new ReservationState.Requested(new OperationId(in.id("operation")));
      case "held" -> new ReservationState.Held();
      case "leftBehind" ->
          new ReservationState.LeftBehind(
              in.instant("since"),
              in.text("why"),
              in.optionalText("pending").map(OperationId::new));
      case "releasing" ->
          new ReservationState.Releasing(
              in.instant("since"),
              in.text("why"),
              in.optionalText("pending").map(OperationId::new));
      default -> throw in.unknownTag("type", type);
    };
  }

  static void writeAgent(RecordWriter out, Agent agent) {
    out.text("id", agent.id().value());
    out.text("hostname", agent.hostname());
    out.text("region", agent.region());
    out.text("zone", agent.zone());
    out.texts("attributes", agent.attributes());
    out.texts("capabilities", agent.capabilities());
  }

  static Agent readAgent(RecordReader in) {
    return new Agent(
        in.agent("id"),
        in.common("hostname"),
        in.optionalText("region"),
        in.optionalText("zone"),
        in.textsByName("attributes"),
        in.texts("capabilities"));
  }
}
