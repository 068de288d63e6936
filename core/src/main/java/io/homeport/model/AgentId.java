package io.homeport.model;

/**
 * The engine's name for an agent. It may change under a volume (a Mesos agent can return under a
 * new id).
 *
 * @param value the id as it is written; not empty
 */
public record AgentId(String value) implements Comparable<AgentId> {
  /** Refuses an empty id. */
  public AgentId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("an id must not be empty");
    }
  }

  @Override
  public int compareTo(AgentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
