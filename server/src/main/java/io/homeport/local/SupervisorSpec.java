package io.homeport.local;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a supervisor is told, as NUL-terminated {@code key=value} records (the format of {@code
 * spec.c}). It is handed over in a file, never in arguments, because it holds the environment.
 */
final class SupervisorSpec {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private SupervisorSpec put(String key, String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a NUL character cannot be passed to a program");
    }
    bytes.writeBytes((key + "=" + value).getBytes(StandardCharsets.UTF_8));
    bytes.write(0);
    return this;
  }

  /** The task's id, for people. */
  SupervisorSpec task(String id) {
    return put("task", id);
  }

  /** Where the main process starts. */
  SupervisorSpec directory(Path directory) {
    return put("directory", directory.toString());
  }

  /** The program, looked up along the {@code PATH} of the environment, and its arguments. */
  SupervisorSpec command(List<String> command) {
    command.forEach(part -> put("arg", part));
    return this;
  }

  /** The whole environment; nothing is inherited. */
  SupervisorSpec environment(Map<String, String> environment) {
    environment.forEach((name, value) -> put("env", name + "=" + value));
    return this;
  }

  /** Run after the end of the main process, to remove what does not descend from it. */
  SupervisorSpec cleanup(List<String> command) {
    command.forEach(part -> put("cleanup", part));
    return this;
  }

  /** A volume's directory, whose locks are held while the task lives. */
  SupervisorSpec lock(Path volume) {
    return put("lock", volume.toString());
  }

  /** A control group's directory that the task joins before it runs. */
  SupervisorSpec controlGroup(Path directory) {
    return put("cgroup", directory.toString());
  }

  /** The user to become. */
  SupervisorSpec user(TaskUser user) {
    put("uid", Integer.toString(user.uid()));
    put("gid", Integer.toString(user.gid()));
    user.groups().forEach(group -> put("group", Integer.toString(group)));
    return this;
  }

  /** The polite signal goes to the main process only, which passes it on by itself. */
  SupervisorSpec politeToMainOnly() {
    return put("polite", "main");
  }

  /** Between the polite signal and the forced one, when nobody says otherwise. */
  SupervisorSpec grace(Duration grace) {
    return put("grace-ms", Long.toString(grace.toMillis()));
  }

  /** How much of each of the two logs is kept: so many segments of so many bytes. */
  SupervisorSpec logs(long segmentBytes, int segments) {
    put("log-bytes", Long.toString(segmentBytes));
    return put("log-segments", Integer.toString(segments));
  }

  /** The records as bytes. */
  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
