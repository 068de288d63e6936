package io.homeport.benchmark.harness;

import java.util.List;

/** One piece of work that is measured. It runs in a JVM of its own. */
public interface Benchmark {
  /** What it is called on the command line: lower-case words with hyphens. */
  String name();

  /** The work in one sentence, at its full size. */
  String work();

  /** Flags of the JVM that it needs beside those of the server, such as a larger heap. */
  default List<String> jvmFlags() {
    return List.of();
  }

  /**
   * Does the work as often as wanted and says what was measured. A peer or a limit that a figure is
   * put beside is measured here too, on the same work, so that both had the same machine.
   *
   * @param conditions how large and how often
   * @throws Exception when the work could not be done; its message says why
   */
  List<Figure> run(Conditions conditions) throws Exception;
}
