package io.homeport;

import java.util.Locale;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sets up the log, before the first logger is made. */
final class Logging {
  private Logging() {}

  /** The forms of a log line. */
  enum Format {
    /** For people. */
    TEXT,
    /** One JSON object in each line, for programs. */
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Sets it up. Helidon and SQLite log through {@code java.util.logging}, which is led here as
   * well.
   *
   * @param format how lines look
   * @param level the least level of Homeport's own lines, such as {@code INFO}
   */
  static void begin(Format format, String level) {
    System.setProperty("homeport.log.level", level);
    String file =
        switch (format) {
          case TEXT -> "io/homeport/logback-text.xml";
          case JSON -> "io/homeport/logback-json.xml";
        };
    System.setProperty("logback.configurationFile", file);
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }
}
