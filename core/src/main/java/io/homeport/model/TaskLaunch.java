package io.homeport.model;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * All an engine needs to run a task.
 *
 * @param task the task
 * @param app the definition it runs
 * @param ordinal the instance's ordinal
 * @param agent where
 * @param env its environment: the definition's and what Marathon adds; the agent adds only what it
 *     alone knows, such as the path of the sandbox
 * @param ports its host ports, in order
 * @param reservation where its resources come from; unreserved ones when absent
 */
public record TaskLaunch(
    TaskId task,
    AppDefinition app,
    int ordinal,
    AgentId agent,
    SortedMap<String, String> env,
    List<Integer> ports,
    Optional<Reservation> reservation) {}
