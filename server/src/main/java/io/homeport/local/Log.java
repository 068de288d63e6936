package io.homeport.local;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine's log. Environments and commands of tasks never go into it: they may hold secrets. */
final class Log {
  static final Logger LOGGER = LoggerFactory.getLogger("io.homeport.local");

  private Log() {}
}
