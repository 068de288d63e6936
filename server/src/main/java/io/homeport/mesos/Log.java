package io.homeport.mesos;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine's log. Secrets, environments and commands of tasks never go into it. */
final class Log {
  static final Logger LOGGER = LoggerFactory.getLogger("io.homeport.mesos");

  private Log() {}
}
