package io.homeport.cli;

import io.homeport.cli.text.Sizes;
import io.homeport.cli.text.Table;
import tools.jackson.databind.JsonNode;

/** Volumes as people read them. */
final class VolumeText {
  private VolumeText() {}

  /**
   * The part of an id that no other volume has; enough to name it.
   *
   * @param id the volume's id
   */
  static String unique(String id) {
    return id.substring(id.lastIndexOf('#') + 1);
  }

  /**
   * How much of it is used.
   *
   * @param volume the volume
   */
  static String used(JsonNode volume) {
    JsonNode used = volume.path("usedBytes");
    return used.isNumber() ? Sizes.bytes(used.asDouble(0)) : "";
  }

  /**
   * A table of volumes.
   *
   * @param session for the time
   * @param volumes the volumes
   */
  static Table table(Session session, JsonNode volumes) {
    Table table = new Table("VOLUME", "OF", "STATUS", ">SIZE", ">USED", "HOST", "SINCE");
    for (JsonNode volume : volumes) {
      table.row(
          volume.path("id").asString(""),
          volume.path("appId").asString("") + ":" + volume.path("ordinal").asInt(0),
          volume.path("status").asString(""),
          Sizes.mebibytes(volume.path("size").asDouble(0)),
          used(volume),
          volume.path("host").asString(""),
          session.ago(volume, "since"));
    }
    return table;
  }
}
