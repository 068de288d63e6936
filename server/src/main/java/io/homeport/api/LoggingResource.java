package io.homeport.api;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.homeport.api.definition.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /logging}: what is written to the log, and changing that while the server runs; the same
 * as Marathon's.
 */
final class LoggingResource {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(LoggingResource.class);
  private static final Set<String> LEVELS =
      Set.of("trace", "debug", "info", "warn", "error", "off");

  /**
   * A change.
   *
   * @param logger the logger's name; {@code ROOT} for all that have no level of their own
   * @param level the least level that it writes
   * @param duration for how long; empty for until the server ends
   */
  private record LevelChange(String logger, Level level, Optional<Duration> duration) {}

  /** Each logger with its level. */
  Answer list(Request request) {
    ObjectNode levels = Json.object();
    for (Logger logger : context().getLoggerList()) {
      levels.put(
          logger.getName(),
          logger.getLevel() == null
              ? logger.getEffectiveLevel().levelStr + " (inherited)"
              : logger.getLevel().levelStr);
    }
    return Answer.ok(levels);
  }

  /** Changes a logger's level, for a while if wanted. */
  Answer change(Request request) {
    JsonNode body = request.json();
    LevelChange change = read(body);
    Logger logger = context().getLogger(change.logger());
    // Null means that the parent's level counts, and is what is gone back to.
    Level before = logger.getLevel();
    logger.setLevel(change.level());
    LOG.info("The log level of {} is {} now.", logger.getName(), change.level());
    change
        .duration()
        .ifPresent(
            duration ->
                Thread.ofVirtual().name("log-level").start(() -> back(logger, before, duration)));
    return Answer.ok((ObjectNode) body);
  }

  private static void back(Logger logger, Level before, Duration after) {
    try {
      Thread.sleep(after);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return;
    }
    logger.setLevel(before);
    LOG.info("The log level of {} is {} again.", logger.getName(), logger.getEffectiveLevel());
  }

  private static LevelChange read(JsonNode body) {
    List<Problem> problems = new ArrayList<>();
    if (!body.isObject()) {
      throw ApiException.invalid(
          "/", "expected an object such as {\"logger\": \"io.homeport\", \"level\": \"debug\"}");
    }
    JsonNode name = body.path("logger");
    if (!name.isString() || name.asString().isEmpty()) {
      problems.add(new Problem("/logger", "expected the name of a logger, such as io.homeport"));
    }
    String level = body.path("level").asString("").toLowerCase(Locale.ROOT);
    if (!LEVELS.contains(level)) {
      problems.add(
          new Problem("/level", "expected one of trace, debug, info, warn, error and off"));
    }
    JsonNode seconds = body.path("durationSeconds");
    boolean given = !seconds.isMissingNode() && !seconds.isNull();
    if (given && (!seconds.isInt() || seconds.asInt() < 1)) {
      problems.add(new Problem("/durationSeconds", "expected a whole number of seconds from 1"));
    }
    if (!problems.isEmpty()) {
      throw ApiException.invalid(problems);
    }
    return new LevelChange(
        name.asString(),
        Level.toLevel(level),
        given ? Optional.of(Duration.ofSeconds(seconds.asInt())) : Optional.empty());
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
