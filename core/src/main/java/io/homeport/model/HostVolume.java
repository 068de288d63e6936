package io.homeport.model;

/**
 * A directory of the agent mounted into a container.
 *
 * @param containerPath where the task sees it
 * @param hostPath the directory on the agent
 * @param mode whether the task may write to it
 */
public record HostVolume(String containerPath, String hostPath, AccessMode mode) {}
