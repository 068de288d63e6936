package io.homeport.model;

import java.util.List;

/** What a task runs. */
public sealed interface RunCommand {
  /**
   * A line for {@code /bin/sh -c} (Marathon: {@code cmd}).
   *
   * @param line the line
   */
  record Shell(String line) implements RunCommand {}

  /**
   * A program and its arguments, without a shell (Marathon: {@code args}). With an image the
   * image's entry point comes first.
   *
   * @param args at least one
   */
  record Exec(List<String> args) implements RunCommand {}

  /** Whatever the container image starts by itself. */
  record ImageDefault() implements RunCommand {}

  /**
   * Nothing but holding the volumes. Marathon 1.0 accepted apps without a command when they had a
   * MESOS container; such an app waits until it is ended.
   */
  record Pause() implements RunCommand {}
}
