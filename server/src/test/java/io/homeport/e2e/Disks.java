package io.homeport.e2e;

import io.homeport.mesos.testing.TestMesos;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What lies on the disks of the agents, whatever the server says of it. */
interface Disks {
  /** The directory that the task of each volume sees, by the volume's id. */
  Map<String, Path> volumes();

  /** The ids of all reservations. */
  Set<String> reservations();

  /** The agents of a server with the local engine; a volume's directory there is ID/data. */
  static Disks local(Path dataDir) {
    return new Disks() {
      @Override
      public Map<String, Path> volumes() {
        Map<String, Path> volumes = new TreeMap<>();
        for (Path agent : entries(dataDir.resolve("agents"))) {
          entries(agent.resolve("volumes"))
              .forEach(
                  volume -> volumes.put(volume.getFileName().toString(), volume.resolve("data")));
        }
        return volumes;
      }

      @Override
      public Set<String> reservations() {
        Set<String> reservations = new TreeSet<>();
        for (Path agent : entries(dataDir.resolve("agents"))) {
          entries(agent.resolve("reservations"))
              .forEach(
                  record ->
                      reservations.add(
                          record.getFileName().toString().replaceFirst("[.]json$", "")));
        }
        return reservations;
      }
    };
  }

  /** The agents of a Mesos of the tests; a volume's directory there is ROLE#ID. */
  static Disks of(TestMesos mesos) {
    Pattern label = Pattern.compile("homeport_reservation: ([^,}]+)");
    return new Disks() {
      @Override
      public Map<String, Path> volumes() {
        Map<String, Path> volumes = new TreeMap<>();
        for (int agent = 0; agent < mesos.size(); agent++) {
          for (Path volume : mesos.volumes(agent)) {
            volumes.put(volume.getFileName().toString().replaceFirst("^[^#]*#", ""), volume);
          }
        }
        return volumes;
      }

      @Override
      public Set<String> reservations() {
        Set<String> reservations = new TreeSet<>();
        for (int agent = 0; agent < mesos.size(); agent++) {
          for (String resource : mesos.reserved(agent)) {
            Matcher found = label.matcher(resource);
            reservations.add(found.find() ? found.group(1) : "nobody's: " + resource);
          }
        }
        return reservations;
      }
    };
  }

  private static List<Path> entries(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
