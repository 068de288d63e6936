package io.homeport.model;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What is known of an agent apart from its resources.
 *
 * @param id the engine's name for it now
 * @param hostname where its tasks are reached, and what the constraint field {@code hostname} means
 * @param region the fault domain's region
 * @param zone the fault domain's zone
 * @param attributes what operators said of it, by name
 * @param capabilities what it can do beyond plain processes, such as {@link #IMAGES}
 */
public record Agent(
    AgentId id,
    String hostname,
    Optional<String> region,
    Optional<String> zone,
    SortedMap<String, String> attributes,
    List<String> capabilities) {
  /** The agent can run container images. */
  public static final String IMAGES = "images";

  /**
   * The value of a constraint's field on this agent.
   *
   * @param field {@code hostname}, {@code @hostname}, {@code @region}, {@code @zone} or an
   *     attribute
   */
  public Optional<String> field(String field) {
    return switch (field) {
      case "hostname", "@hostname" -> Optional.of(hostname);
      case "@region" -> region;
      case "@zone" -> zone;
      default -> Optional.ofNullable(attributes.get(field));
    };
  }
}
