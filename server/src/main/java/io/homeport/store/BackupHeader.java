package io.homeport.store;

import io.homeport.runtime.Snapshot;
import io.homeport.runtime.StoreException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a back-up says of itself in its first line.
 *
 * @param line the line as it stands there
 * @param recordFormat the format of its records
 * @param homeport the version of Homeport that wrote it
 * @param installation whose state it is
 * @param sequence the number of the last commit in it
 * @param takenAt when it was taken
 * @param records how many records follow
 */
public record BackupHeader(
    String line,
    int recordFormat,
    String homeport,
    String installation,
    long sequence,
    Instant takenAt,
    int records) {
  private static final String FORMAT = "homeport-backup";
  private static final int VERSION = 1;
  private static final int SHOWN = 60;

  static BackupHeader of(String installation, Snapshot snapshot, String homeport, int records) {
    int recordFormat = RecordFormat.CURRENT.version();
    String line =
        JsonMapper.shared()
            .createObjectNode()
            .put("format", FORMAT)
            .put("version", VERSION)
            .put("recordFormat", recordFormat)
            .put("homeport", homeport)
            .put("installation", installation)
            .put("sequence", snapshot.sequence())
            .put("takenAt", snapshot.at().toString())
            .put("records", records)
            .toString();
    return new BackupHeader(
        line, recordFormat, homeport, installation, snapshot.sequence(), snapshot.at(), records);
  }

  static BackupHeader parse(Path file, Optional<String> firstLine, RecordFormat known)
      throws StoreException {
    String line = firstLine.orElse("");
    JsonNode json = json(line);
    if (!json.path("format").asString("").equals(FORMAT)) {
      throw Backup.refused(
          file,
          "is not a back-up of Homeport: expected a first line that begins with {\"format\":\""
              + FORMAT
              + "\", and found "
              + (line.isEmpty() ? "nothing" : line.substring(0, Math.min(SHOWN, line.length()))));
    }
    refuseNewer(file, "version", json.path("version").asInt(0), VERSION);
    refuseNewer(file, "recordFormat", json.path("recordFormat").asInt(0), known.version());
    try {
      return new BackupHeader(
          line,
          json.path("recordFormat").asInt(0),
          json.path("homeport").asString(""),
          json.path("installation").asString(""),
          json.path("sequence").asLong(-1),
          Instant.parse(json.path("takenAt").asString("")),
          json.path("records").asInt(-1));
    } catch (DateTimeException e) {
      throw Backup.refused(file, "is damaged: its first line names no time");
    }
  }

  private static JsonNode json(String line) {
    try {
      return JsonMapper.shared().readTree(line);
    } catch (JacksonException notJson) {
      return JsonMapper.shared().missingNode();
    }
  }

  private static void refuseNewer(Path file, String what, int found, int known)
      throws StoreException {
    if (found > known) {
      throw Backup.refused(
          file,
          "was written by a newer version of Homeport: expected "
              + what
              + " 1 to "
              + known
              + ", and found "
              + found);
    }
    if (found < 1) {
      throw Backup.refused(file, "is damaged: its first line names no " + what);
    }
  }
}
