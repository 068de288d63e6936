package io.homeport.model;

import java.time.Duration;
import java.util.Optional;

/**
 * How it is found out whether a task works. Names and defaults are Marathon's.
 *
 * @param protocol what is done
 * @param path what is asked for over HTTP; {@code /} unless given
 * @param command the line run inside the task, for {@link Protocol#COMMAND}
 * @param portIndex which of the task's ports is asked; 0 unless {@code port} is given
 * @param port a fixed port instead of one of the task's
 * @param gracePeriod after the start, failures do not count for so long
 * @param interval between two checks
 * @param timeout after which a check has failed
 * @param maxConsecutiveFailures after so many failures in a row the task is killed; 0 means never
 * @param delay before the first check (MESOS_ forms and COMMAND)
 * @param ignoreHttp1xx whether answers 100 to 199 count as neither good nor bad
 * @param ipv6 whether the task is reached over IPv6
 */
public record HealthCheck(
    Protocol protocol,
    Optional<String> path,
    Optional<String> command,
    Optional<Integer> portIndex,
    Optional<Integer> port,
    Duration gracePeriod,
    Duration interval,
    Duration timeout,
    int maxConsecutiveFailures,
    Duration delay,
    boolean ignoreHttp1xx,
    boolean ipv6) {
  /** Marathon's protocols: the {@code MESOS_} forms and COMMAND run on the agent. */
  public enum Protocol {
    /** An HTTP request from Homeport. */
    HTTP,
    /** An HTTPS request from Homeport; certificates are not checked. */
    HTTPS,
    /** A TCP connection from Homeport. */
    TCP,
    /** A command inside the task. */
    COMMAND,
    /** An HTTP request from the agent. */
    MESOS_HTTP,
    /** An HTTPS request from the agent. */
    MESOS_HTTPS,
    /** A TCP connection from the agent. */
    MESOS_TCP
  }
}
