package io.homeport.model;

import java.util.List;

/**
 * A container image and how it is run (Marathon: {@code container.docker}).
 *
 * @param name the image's name as the runtime knows it
 * @param forcePull whether the runtime pulls it again before each start
 * @param privileged whether the container runs with all privileges
 * @param parameters further options for the runtime's command line, as key and value
 */
public record ContainerImage(
    String name, boolean forcePull, boolean privileged, List<Parameter> parameters) {
  /**
   * One option, given to the runtime as {@code --key=value}.
   *
   * @param key the option's name without dashes
   * @param value its value
   */
  public record Parameter(String key, String value) {}
}
