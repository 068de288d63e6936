package io.homeport.model;

import java.time.Instant;

/**
 * The last failure of a task of an app (Marathon: {@code lastTaskFailure}).
 *
 * @param appId the app
 * @param task the task
 * @param agent where it ran
 * @param hostname that agent's host name
 * @param condition how it ended
 * @param message the engine's words
 * @param timestamp when
 * @param version the app's version it ran
 */
public record TaskFailure(
    AppId appId,
    TaskId task,
    AgentId agent,
    String hostname,
    Condition condition,
    String message,
    Instant timestamp,
    Instant version) {}
