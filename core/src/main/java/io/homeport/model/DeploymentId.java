package io.homeport.model;

/**
 * The identity of a deployment.
 *
 * @param value the id as it is written; not empty
 */
public record DeploymentId(String value) implements Comparable<DeploymentId> {
  /** Refuses an empty id. */
  public DeploymentId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("an id must not be empty");
    }
  }

  @Override
  public int compareTo(DeploymentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
